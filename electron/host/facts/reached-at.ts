import { isIP } from 'node:net';
import type { FactsSections, ReachedAt } from '../../../shared/model/facts.ts';
import { withPrefix } from './addresses.ts';
import type { Evidence } from './evidence.ts';

/** Undefined where it was not read over SSH, or the server does not tell. */
export function reachedAtOf(evidence: Evidence, sections: FactsSections): ReachedAt | undefined {
  const end = ownEnd(evidence);
  return end && { ...end, interface: interfaceWith(end.address, sections) };
}

export function reachedFamily(evidence: Evidence): 'ipv4' | 'ipv6' | null {
  const end = ownEnd(evidence);
  if (!end) return null;
  return isIP(end.address) === 4 ? 'ipv4' : 'ipv6';
}

function ownEnd(evidence: Evidence): { address: string; port: number } | undefined {
  const [, , told = '', port = ''] = evidence.connection?.trim().split(/\s+/) ?? [];
  // A server that listens on both families may tell IPv4 in the form of IPv6.
  const bare = told.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(bare) === 0 || !/^\d{1,5}$/.test(port)) return undefined;
  const address = withPrefix(bare, isIP(bare) === 4 ? 32 : 128)?.split('/')[0];
  return address === undefined ? undefined : { address, port: Number(port) };
}

function interfaceWith(address: string, { interfaces }: FactsSections): string | null {
  if (interfaces.status !== 'ok') return null;
  const start = `${address}/`;
  const link = interfaces.data.find(({ addresses }) =>
    addresses.some((own) => own.address.startsWith(start)),
  );
  return link?.name ?? null;
}
