import { z } from 'zod';
import { formatAddress } from '../../../../../shared/network/address.ts';
import { LeaseList, type ReadLeases } from './lease-line.ts';

const octets = z.array(z.number().int().min(0).max(255)).max(32);
const lease = z.object({
  Address: octets.length(4),
  HardwareAddress: octets.optional(),
  ClientId: octets.optional(),
  Hostname: z.string().max(1_000).optional(),
  /** Microseconds since 1970. */
  ExpirationRealtimeUSec: z.number().nonnegative().optional(),
});
const file = z.object({ Leases: z.array(z.unknown()).max(20_000) });

/** `/var/lib/systemd/network/dhcp-server-lease/…`: JSON of systemd 256 and later. */
export function readSystemdNetworkd(text: string): ReadLeases {
  const list = new LeaseList();
  const parsed = file.safeParse(asJson(text));
  if (!parsed.success) {
    list.lose(1, 'This is no list of leases in JSON.');
    return list.read();
  }
  for (const [at, one] of parsed.data.Leases.entries()) {
    const read = lease.safeParse(one);
    if (!read.success) {
      // JSON of one line tells no lines.
      list.lose(1, `Lease ${at + 1} of the list could not be read.`);
      continue;
    }
    const { Address, HardwareAddress, ClientId, Hostname, ExpirationRealtimeUSec } = read.data;
    const value = Address.reduce((all, octet) => (all << 8n) | BigInt(octet), 0n);
    const card = HardwareAddress ?? (ClientId?.[0] === 1 ? ClientId.slice(1) : undefined);
    const hex = (octet: number) => octet.toString(16).padStart(2, '0');
    list.add(1, {
      address: formatAddress({ family: 4, value }),
      mac: card?.map(hex).join(':'),
      name: Hostname,
      expires:
        ExpirationRealtimeUSec === undefined
          ? null
          : Math.floor(ExpirationRealtimeUSec / 1_000_000),
    });
  }
  return list.read();
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
