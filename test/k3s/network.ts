import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { Fatal } from './log.ts';

/** The node's own address: what it was given, or that of the link by which the default route goes. */
export function ownAddress(wanted: string | null): string {
  if (wanted) return wanted;
  const route = spawnSync('ip', ['-4', 'route', 'show', 'default'], { encoding: 'utf8' }).stdout;
  const link = /\bdev (\S+)/.exec(route)?.[1];
  const found = networkInterfaces()[link ?? '']?.find(({ family }) => family === 'IPv4');
  if (!found) {
    const places = '"/proc/net/route" or "/proc/net/ipv6_route"';
    throw new Fatal(
      `unable to select an IP from default routes: no default routes found in ${places}`,
    );
  }
  return found.address;
}

/** The address of a range with this last number; of the first one where there are two. */
export function addressIn(range: string, last: number): string {
  const [network = ''] = range.split(/[,/]/);
  return [...network.split('.').slice(0, 3), String(last)].join('.');
}
