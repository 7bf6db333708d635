import { z } from 'zod';
import { id } from '../model/inventory.ts';

/** A device of the inventory that something found seems to be, by its address, MAC or name. */
const seemsToBe = z.object({ deviceId: id, deviceName: z.string() }).nullable();

export const leaseFormats = ['dnsmasq', 'isc-dhcpd', 'kea', 'systemd-networkd', 'openwrt'] as const;
export const leaseFormat = z.enum(leaseFormats);
export type LeaseFormat = z.infer<typeof leaseFormat>;

export const lease = z.object({
  address: z.string(),
  mac: z.string().nullable(),
  /** As the machine called itself; made harmless. */
  name: z.string().nullable(),
  /** UTC milliseconds; null: it does not end, or the file does not say. */
  expiresAt: z.number().int().nullable(),
});
export type Lease = z.infer<typeof lease>;

export const foundLease = lease.extend({ expired: z.boolean(), device: seemsToBe });
export type FoundLease = z.infer<typeof foundLease>;

/** A line that could not be read. */
export const lostLine = z.object({ line: z.number().int(), why: z.string() });

export const configuredHost = z.object({ name: z.string(), device: seemsToBe });
export type ConfiguredHost = z.infer<typeof configuredHost>;

/** A prefix that may be scanned, or why not. */
export const scannablePrefix = z.object({
  id,
  prefix: z.string(),
  vlan: z.string().nullable(),
  hosts: z.number().int(),
  refused: z.string().nullable(),
});
export type ScannablePrefix = z.infer<typeof scannablePrefix>;

/** Larger IPv4 prefixes than this are not scanned. */
export const shortestScanned = 22;
/** Addresses tried in a second, and at once. */
export const scanRate = 50;
export const scanAtOnce = 32;

export const scanEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), done: z.number().int(), total: z.number().int() }),
  z.object({
    type: z.literal('found'),
    address: z.string(),
    /** What it says of itself before anything is asked: `SSH-2.0-OpenSSH_9.2`; made harmless. */
    banner: z.string().nullable(),
    device: seemsToBe,
  }),
  z.object({ type: z.literal('ended'), found: z.number().int(), tried: z.number().int() }),
]);
export type ScanEvent = z.infer<typeof scanEvent>;
