import { BlockList, isIP } from 'node:net';

/** Whether an address lies in `address/length`, or is that address. Nonsense holds no address. */
export function isInSubnet(address: string, subnet: string): boolean {
  const [network = '', length] = subnet.split('/', 2);
  const family = isIP(network);
  if (family === 0 || isIP(address) !== family) return false;
  const bits = length === undefined ? (family === 6 ? 128 : 32) : Number(length);
  if (!Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32)) return false;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, bits, type);
  return list.check(address, type);
}
