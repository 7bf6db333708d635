import type { IdentityKind, IdentityMatch, IdentityReason, IdentityVerdict } from './identity.ts';

/** How a machine's own text is set into a sentence; the default leaves it as it is. */
export type Show = (text: string) => string;
const plain: Show = (text) => text;

const kindWords: Readonly<Record<IdentityKind, string>> = {
  'product-uuid': 'product UUID',
  serial: 'serial number',
  'board-serial': 'serial number of its board',
  'chassis-serial': 'serial number of its chassis',
  'machine-id': 'machine id',
  'host-id': 'host id',
  'ssh-host-key': 'SSH host key',
  mac: 'MAC address',
  disk: 'disk',
  hostname: 'host name',
  'ssh-target': 'way in',
  address: 'address',
};

/** `the same serial number PF3XYZ`, `serial number A1 instead of B2`. */
export function reasonText(reason: IdentityReason, show: Show = plain): string {
  const { kind, agrees, observed, known, devices } = reason;
  const values = (texts: readonly string[]) =>
    texts.map((text) => show(shortened(text))).join(', ');
  if (!agrees) return `${kindWords[kind]} ${values(observed)} instead of ${values(known)}`;
  const shared = devices > 1 ? ` (${devices} devices have it)` : '';
  return `the same ${kindWords[kind]} ${values(observed)}${shared}`;
}

/** A key's fingerprint and a machine id are known by their beginning. */
function shortened(text: string): string {
  if (/^[0-9a-f]{32}$/.test(text)) return `${text.slice(0, 12)}…`;
  const key = /^(\S+) SHA256:(\S{8})\S+$/.exec(text);
  if (key) return `${key[1]} SHA256:${key[2]}…`;
  return text.length > 40 ? `${text.slice(0, 38)}…` : text;
}

const verdictWords: Readonly<Record<IdentityVerdict, (name: string) => string>> = {
  same: (name) => `This is ${name}.`,
  'probably-same': (name) => `This is probably ${name}.`,
  clone: (name) => `This looks like a clone of ${name}.`,
  another: (name) => `This is not ${name}.`,
};

export function verdictText({ verdict, deviceName }: IdentityMatch, show: Show = plain): string {
  return verdictWords[verdict](show(deviceName));
}

/**
 * The two reasons that say most, and the rest. Where reasons stand against each other, one of each
 * side; what speaks for the verdict comes first.
 */
export function twoStrongest({ verdict, reasons }: IdentityMatch): {
  readonly first: readonly IdentityReason[];
  readonly rest: readonly IdentityReason[];
} {
  const agreeing = reasons.find(({ agrees }) => agrees);
  const differing = reasons.find(({ agrees, weight }) => !agrees && weight !== 'faint');
  const pair = verdict === 'another' ? [differing, agreeing] : [agreeing, differing];
  const chosen = pair.filter((reason) => reason !== undefined);
  const more = verdict === 'same' ? reasons.filter(({ agrees }) => agrees) : reasons;
  const first = verdict === 'same' ? more.slice(0, 2) : fill(chosen, more);
  return { first, rest: reasons.filter((reason) => !first.includes(reason)) };
}

function fill(chosen: readonly IdentityReason[], more: readonly IdentityReason[]) {
  const others = more.filter((reason) => !chosen.includes(reason));
  return [...chosen, ...others].slice(0, 2);
}

/** `This is probably pi-1: the same disk X, but serial number A instead of B.` */
export function matchSentence(match: IdentityMatch, show: Show = plain): string {
  const { first } = twoStrongest(match);
  const [one, two] = first;
  if (!one) return verdictText(match, show);
  const joint = two && one.agrees !== two.agrees ? ', but ' : ' and ';
  const texts = [one, two].flatMap((reason) => (reason ? reasonText(reason, show) : []));
  return `${verdictText(match, show).slice(0, -1)}: ${texts.join(joint)}.`;
}
