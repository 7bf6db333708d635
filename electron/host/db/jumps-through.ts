/**
 * Whether a list of jump hosts, as ProxyJump writes them (`user@host:port,…`), names one of these
 * hosts. 1 and 0, as SQLite has no truth values.
 */
export function jumpsThrough(jumps: string, ...hosts: readonly (string | null)[]): number {
  const known = new Set(hosts.flatMap((host) => (host ? [host.toLowerCase()] : [])));
  const named = jumps.split(',').map((hop) => {
    const target = hop.trim().slice(hop.trim().lastIndexOf('@') + 1);
    const [, bracketed] = /^\[(.+)\](?::\d+)?$/.exec(target) ?? [];
    return (bracketed ?? target.replace(/^([^:]*):\d+$/, '$1')).toLowerCase();
  });
  return named.some((host) => known.has(host)) ? 1 : 0;
}
