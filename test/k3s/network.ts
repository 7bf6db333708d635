import { networkInterfaces } from 'node:os';

/** The node's own address: what it was given, or that of its first link. */
export function ownAddress(wanted: string | null): string {
  if (wanted) return wanted;
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    if (name === 'lo' || /^(cni|veth|flannel)/.test(name)) continue;
    const found = addresses?.find(({ family }) => family === 'IPv4');
    if (found) return found.address;
  }
  return '127.0.0.1';
}

/** The address of a range with this last number; of the first one where there are two. */
export function addressIn(range: string, last: number): string {
  const [network = ''] = range.split(/[,/]/);
  return [...network.split('.').slice(0, 3), String(last)].join('.');
}
