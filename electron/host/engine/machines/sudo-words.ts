import { type ErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import { harmless } from '../../connections/ssh/index.ts';

/** Why root could not be had, as sudo (its C and its Rust form), doas and shells say it under LC_ALL=C. */
const words: readonly (readonly [ErrorCode | 'password', RegExp])[] = [
  ['SUDO_NEEDS_TERMINAL', /must have a tty|no tty present|a terminal is required/i],
  ['SUDO_NOT_ALLOWED', /not in the sudoers file|not allowed to (execute|run)|may not run sudo/i],
  ['SUDO_NOT_ALLOWED', /I'm afraid I can't do that/i],
  ['SUDO_MISSING', /sudo: (command )?not found|not found.*sudo|no such file.*sudo/i],
  ['password', /password is required|authentication (is )?required|interactive authentication/i],
];

const sentences: Partial<Record<ErrorCode, string>> = {
  SUDO_MISSING: 'has no sudo',
  SUDO_NOT_ALLOWED: 'does not let this user become root by sudo',
  SUDO_NEEDS_TERMINAL: 'lets sudo run on a terminal only',
};

/** What sudo said instead of running something: that it wants a password, or why there is no way. */
export function sudoRefusal(stderr: Buffer, where: string): 'password' | RackhelmError {
  const said = harmless(stderr.toString('utf8', 0, 8_192)).trim();
  const found = words.find(([, pattern]) => pattern.test(said))?.[0];
  if (found === 'password') return found;
  const code = found ?? 'SUDO_FAILED';
  const what = sentences[code] ?? `gave no root: ${lastLine(said)}`;
  return new RackhelmError(code, `${where} ${what}.`, { data: { said: said.slice(-2_000) } });
}

function lastLine(said: string): string {
  const line = said.split('\n').at(-1)?.slice(0, 300).replace(/\.$/, '') ?? '';
  return line === '' ? 'sudo ended without a word' : line;
}
