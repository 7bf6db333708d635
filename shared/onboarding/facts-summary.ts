import { z } from 'zod';

const text = z.string().max(300);
const bytes = z.number().int().nonnegative();

export const diskKinds = [
  'nvme',
  'ssd',
  'hdd',
  'sd-card',
  'emmc',
  'usb',
  'virtual',
  'unknown',
] as const;

const disk = z.object({
  name: text,
  kind: z.enum(diskKinds),
  sizeBytes: bytes,
  model: text.nullable(),
});
export type SummedDisk = z.infer<typeof disk>;

const link = z.object({
  name: text,
  mac: text.nullable(),
  speedMbps: z.number().nullable(),
  up: z.boolean(),
  /** With prefix length; `dynamic`: from a lease. */
  addresses: z.array(z.object({ address: text, dynamic: z.boolean().nullable() })).max(16),
  /** What LLDP tells of the other end. */
  neighbour: z.object({ device: text.nullable(), port: text.nullable() }).nullable(),
});
export type SummedLink = z.infer<typeof link>;

/**
 * What a draft keeps of the facts of a machine: what the next steps ask of it. Null and empty: the
 * machine has none, or did not tell; `unread` names the sections that could not be read.
 */
export const factsSummary = z.object({
  /** UTC milliseconds. */
  readAt: z.number().int(),
  hostname: text.nullable(),
  os: text.nullable(),
  osId: text.nullable(),
  kernel: text.nullable(),
  /** As Kubernetes names it: `amd64`, `arm64`, `arm`; else as the machine says. */
  architecture: text.nullable(),
  manufacturer: text.nullable(),
  model: text.nullable(),
  serial: text.nullable(),
  /** To tell copies of one disk among the machines of a draft. */
  machineId: text.nullable(),
  /** Told from device tree and model. */
  board: z.enum(['raspberry-pi', 'small-board', 'machine', 'virtual', 'container']),
  cpu: text.nullable(),
  cores: z.number().int().nullable(),
  memoryBytes: bytes.nullable(),
  swapBytes: bytes.nullable(),
  /** What `/` lies on. */
  systemDisk: disk.nullable(),
  disks: z.array(disk).max(32),
  gpus: z.array(z.object({ name: text, memoryBytes: bytes.nullable() })).max(16),
  kubernetes: z
    .object({ distribution: text, role: text.nullable(), running: z.boolean().nullable() })
    .nullable(),
  containerEngines: z.array(text).max(8),
  /** Programs that listen on it, by name. */
  listens: z.array(text).max(32),
  links: z.array(link).max(32),
  defaultLink: text.nullable(),
  gateway: text.nullable(),
  dns: z.array(text).max(8),
  unread: z.array(text).max(32),
});
export type FactsSummary = z.infer<typeof factsSummary>;
