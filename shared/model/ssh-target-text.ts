/** A machine as a person writes it: `host`, `user@host`, `host:port`, `[address]:port`, `ssh://…`. */
export interface TargetText {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

export type ReadTarget =
  | { readonly ok: true; readonly target: TargetText }
  /** `problem` is one sentence for the person. */
  | { readonly ok: false; readonly problem: string };

const longestHost = 255;
const longestUser = 64;

/**
 * Reads a target: the last `@` divides user and host (a user name of a directory holds one), `:port`
 * may follow a name, an IPv4 address or an address in brackets. A bare IPv6 address has no port: all
 * of it is the address. In `ssh://` the user may be percent-encoded, as in OpenSSH.
 */
export function readTargetText(text: string): ReadTarget {
  const written = text.trim();
  if (written.length > longestHost + longestUser + 16) return no('That is too long for a machine.');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(written);
  if (scheme && scheme[1]?.toLowerCase() !== 'ssh')
    return no(`${scheme[1]}:// leads to no machine; write user@host:port.`);
  const spec = scheme ? written.slice(scheme[0].length).replace(/\/$/, '') : written;
  const at = spec.lastIndexOf('@');
  const user = at < 0 ? undefined : readUser(spec.slice(0, at), scheme !== null);
  if (user === null) return no('That is no user name in front of the @.');
  const address = readAddress(spec.slice(at + 1));
  if (typeof address === 'string') return no(address);
  return { ok: true, target: user === undefined ? address : { ...address, user } };
}

function no(problem: string): ReadTarget {
  return { ok: false, problem };
}

function readUser(text: string, encoded: boolean): string | null {
  const user = encoded ? decoded(text) : text.trim();
  if (user === null || user === '' || user.length > longestUser || user.startsWith('-'))
    return null;
  // What OpenSSH refuses in a user name, so that it cannot mean something to a shell.
  return hasControl(user) || /['"`;&<>|(){}]/.test(user) ? null : user;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not an encoding: no user either.
    return null;
  }
}

/** A sentence where it is no address. */
function readAddress(text: string): TargetText | string {
  if (text === '') return 'The name or address of the machine is missing.';
  if (text.startsWith('[')) return readBracketed(text);
  const colon = text.indexOf(':');
  if (colon >= 0 && colon === text.lastIndexOf(':'))
    return withPort(text.slice(0, colon), text.slice(colon + 1));
  if (colon >= 0 && !isIpv6Like(text)) return `"${shown(text)}" has more than one port.`;
  return problemOfHost(text) ?? { host: text };
}

function readBracketed(text: string): TargetText | string {
  const [, host, rest] = /^\[([^[\]]*)\](.*)$/s.exec(text) ?? [];
  if (host === undefined || rest === undefined) return 'A bracket is not closed.';
  if (rest === '') return problemOfHost(host) ?? { host };
  if (!rest.startsWith(':')) return 'Behind the bracket only a colon and a port may follow.';
  return withPort(host, rest.slice(1));
}

function withPort(host: string, port: string): TargetText | string {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65535)
    return `"${shown(port)}" is no port; a port is a number from 1 to 65535.`;
  return problemOfHost(host) ?? { host, port: number };
}

/** Only told from a name with a port: whoever connects says whether it is an address. */
function isIpv6Like(text: string): boolean {
  const [address = '', zone] = text.split('%', 2);
  return /^[0-9a-f:.]+$/i.test(address) && zone !== '';
}

function problemOfHost(host: string): string | null {
  if (host === '') return 'The name or address of the machine is missing.';
  if (host.length > longestHost) return 'That is too long for the name of a machine.';
  // As OpenSSH: a name may be no option, and may hold nothing that a shell would take for more.
  if (host.startsWith('-')) return 'The name of a machine does not begin with a hyphen.';
  if (/\s/.test(host)) return 'The name of a machine has no blanks.';
  return hasControl(host) || /['"`$\\;&<>|(){},[\]@]/.test(host)
    ? `"${shown(host)}" holds a character that no name of a machine has.`
    : null;
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** A part of what was typed, short and without what would act on a terminal. */
function shown(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, '\u00b7');
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
