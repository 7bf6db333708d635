import type { FaultKind } from '../../rack/index.ts';

const odd: readonly (readonly [RegExp, string])[] = [
  [/\n\s+at |\.ts:\d+/, 'a stack'],
  [/\b(undefined|NaN|\[object)\b|(?<!\/)\bnull\b/, 'a value of the program'],
  [/\b\w*Error:/, 'the class of an error'],
  [/inside Rackhelm/, 'a fault of ours'],
  [/^\W*E[A-Z]{3,}\b/, 'an error number'],
];

const away =
  /did not answer|refused|no way to|was lost|reached|said nothing|stopped answering|did not finish|come back|within|answers neither/;
const restart = /come back|restart|reached|did not answer/;
const key = /key/;

/** What happened, in whichever words. */
const named: Readonly<Record<FaultKind, RegExp>> = {
  'sshd-stopped': new RegExp(`${away.source}|does not find the sshd`),
  'sshd-killed': away,
  'command-hangs': /did not finish "|did not restart/,
  'command-fails': /failed for a test|\bfail|could not|cannot/,
  frozen: away,
  killed: away,
  'network-cut': away,
  loss: away,
  bandwidth: away,
  latency: away,
  'disk-full': /\bfull\b|\bspace\b/,
  'read-only-root': /read-only/i,
  'wrong-clock': /clock|time/,
  'host-key-replaced': key,
  'machine-id-cloned': /machine.id|changed/,
  'hostname-duplicated': /name|changed/,
  'port-blocked': away,
  'under-voltage': /voltage/,
  'reboot-never': restart,
  'reboot-slow': restart,
  'reboot-other-address': restart,
  'reboot-other-key': key,
};

/** What a person could not read, or could not tell from it. */
export function wrongWords(fault: FaultKind, says: string): readonly string[] {
  const found = odd.filter(([pattern]) => pattern.test(says)).map(([, what]) => what);
  if (!named[fault].test(says)) found.push('nothing of what happened');
  return found.map((what) => `it says ${what}: ${says}`);
}
