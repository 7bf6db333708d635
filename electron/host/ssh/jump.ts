export interface JumpHost {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

/**
 * Reads `[user@]host[:port]`, `[user@][address]:port` or `ssh://[user@]host[:port]`; null when it is
 * none of these. A bare IPv6 address may stand without brackets when no port follows.
 */
export function parseJump(text: string): JumpHost | null {
  const spec = text
    .trim()
    .replace(/^ssh:\/\//i, '')
    .replace(/\/$/, '');
  // The last @ divides, as in OpenSSH: a user name may hold one.
  const at = spec.lastIndexOf('@');
  const user = at >= 0 ? spec.slice(0, at) : undefined;
  if (user === '') return null;
  const address = parseAddress(spec.slice(at + 1));
  if (!address) return null;
  return user === undefined ? address : { ...address, user };
}

function parseAddress(text: string): JumpHost | null {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  const plain = /^([^\s:[\]]+)(?::(\d+))?$/.exec(text);
  const bareIpv6 = /^([0-9a-f]*:[0-9a-f:.]*:[0-9a-f.%\w]*)$/i.exec(text);
  const [, host, port] = bracketed ?? plain ?? bareIpv6 ?? [];
  if (!host || host.startsWith('-')) return null;
  if (port === undefined) return { host };
  const number = Number(port);
  return number >= 1 && number <= 65535 ? { host, port: number } : null;
}
