import { LeaseList, type ReadLeases } from './lease-line.ts';

/**
 * odhcpd's file: `# br-lan <duid> <iaid> <name> <until> <part> <length> <address>/<length> …`. Of IPv4 the
 * word `ipv4` stands for the IAID and the MAC for the DUID. Other lines are for resolvers.
 */
export function readOpenwrt(text: string): ReadLeases {
  const list = new LeaseList();
  for (const [at, line] of text.split('\n').entries()) {
    if (!line.startsWith('# ')) continue;
    const [, , id, iaid, name, until, , , ...addresses] = line.trim().split(/\s+/);
    if (addresses.length === 0) {
      list.lose(at + 1, 'This lease has no address.');
      continue;
    }
    const seconds = /^-?\d{1,12}$/.test(until ?? '') ? Number(until) : null;
    const expires = seconds === null || seconds < 0 ? null : seconds;
    const mac = iaid === 'ipv4' ? id : undefined;
    for (const written of addresses.slice(0, 16)) {
      list.add(at + 1, {
        address: written.split('/')[0] ?? '',
        mac,
        name: name === '-' ? undefined : name,
        expires,
      });
    }
  }
  return list.read();
}
