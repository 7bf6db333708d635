import { z } from 'zod';

/**
 * Facts of one machine, as its own tools told them in one round trip. Each section fails alone:
 * `failed` says why (tool missing, permission denied, output not understood); `absent` says that the
 * machine plainly has no such thing (no GPU, no lldpd).
 */
function section<T extends z.ZodType>(data: T) {
  return z.discriminatedUnion('status', [
    z.object({ status: z.literal('ok'), data }),
    z.object({ status: z.literal('absent'), reason: z.string() }),
    z.object({ status: z.literal('failed'), reason: z.string() }),
  ]);
}

const bytes = z.number().int().nonnegative();

export const blockDevice = z.object({
  name: z.string(),
  /** The kernel's own name, where it is another: `dm-0` of `vault`. */
  kernelName: z.string().optional(),
  type: z.string(),
  sizeBytes: bytes,
  model: z.string().nullable(),
  serial: z.string().nullable(),
  rotational: z.boolean().nullable(),
  /** What it stands upon: the name of another device of the list. */
  parent: z.string().nullable(),
  /** All of them where there are several, as of a RAID or a disk with two paths. */
  parents: z.array(z.string()).optional(),
});

export const fileSystem = z.object({
  mountPoint: z.string(),
  source: z.string(),
  type: z.string().nullable(),
  sizeBytes: bytes,
  usedBytes: bytes,
  availableBytes: bytes,
});

export const observedAddress = z.object({
  /** Address with prefix length, canonical: `10.0.10.11/24`, `fe80::1/64`. */
  address: z.string(),
  family: z.enum(['ipv4', 'ipv6']),
  scope: z.string().nullable(),
  /** From a DHCP lease or router advertisement, as far as the machine tells. */
  dynamic: z.boolean().nullable(),
  // Of IPv6 only, and only there where it is so.
  /** Of privacy extensions (RFC 8981): made anew each day, so evidence and no property. */
  temporary: z.boolean().optional(),
  /** No longer used for new connections; it will go. */
  deprecated: z.boolean().optional(),
  /** Not in use yet, or never: still checked, or found twice on the link. */
  tentative: z.boolean().optional(),
});

export const observedInterface = z.object({
  name: z.string(),
  /** `ethernet`, `loopback`, `vlan`, `bridge`, `bond`, `veth`, `wireguard`, … or `other`. */
  kind: z.string(),
  mac: z.string().nullable(),
  /** Burnt into the card, where the machine tells that it is another than `mac` was set to. */
  permanentMac: z.string().optional(),
  /** Where `mac` comes from, as the kernel tells it; left out where it does not. */
  macOrigin: z.enum(['permanent', 'random', 'stolen', 'set']).optional(),
  /** Hardware, or a hypervisor's card, stands behind it; left out where not, or unknown. */
  physical: z.boolean().optional(),
  mtu: z.number().int().nullable(),
  operState: z.string().nullable(),
  speedMbps: z.number().nullable(),
  vlanId: z.number().int().nullable(),
  /** The interface below a VLAN, or the bridge or bond above a member. */
  parent: z.string().nullable(),
  master: z.string().nullable(),
  addresses: z.array(observedAddress),
});

/** A container that runs, as its engine lists it. */
const container = z.object({
  name: z.string(),
  image: z.string(),
  /** Of Compose, where it was started by it. */
  project: z.string().nullable(),
  service: z.string().nullable(),
  /** It has the machine's own network, so that its ports are the machine's. */
  hostNetwork: z.boolean(),
  /** Published on the machine; `0.0.0.0` and `::` stand for all of its addresses. */
  ports: z.array(
    z.object({ protocol: z.enum(['tcp', 'udp']), address: z.string(), port: z.number().int() }),
  ),
});

export const factsSections = {
  hostname: section(z.object({ hostname: z.string(), fqdn: z.string().nullable() })),
  machineId: section(z.object({ machineId: z.string() })),
  os: section(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.string().nullable(),
      prettyName: z.string(),
    }),
  ),
  kernel: section(z.object({ name: z.string(), release: z.string(), architecture: z.string() })),
  model: section(
    z.object({
      manufacturer: z.string().nullable(),
      model: z.string(),
      serial: z.string().nullable(),
      /** `system`: the operating system itself told it (BSD, macOS). */
      source: z.enum(['dmi', 'device-tree', 'system']),
    }),
  ),
  cpu: section(
    z.object({
      model: z.string().nullable(),
      cores: z.number().int().positive(),
      threads: z.number().int().positive(),
      sockets: z.number().int().positive().nullable(),
      maxMhz: z.number().nullable(),
    }),
  ),
  memory: section(
    z.object({
      totalBytes: bytes,
      availableBytes: bytes.nullable(),
      swapTotalBytes: bytes,
      swapFreeBytes: bytes,
    }),
  ),
  blockDevices: section(z.array(blockDevice)),
  fileSystems: section(z.array(fileSystem)),
  interfaces: section(z.array(observedInterface)),
  routes: section(
    z.array(
      z.object({
        family: z.enum(['ipv4', 'ipv6']),
        /** `default` or a prefix in CIDR form. */
        destination: z.string(),
        gateway: z.string().nullable(),
        interface: z.string(),
        metric: z.number().int().nullable(),
        /** Of the default route: the machine's own address that it uses there, where it tells. */
        source: z.string().optional(),
      }),
    ),
  ),
  dns: section(z.object({ servers: z.array(z.string()), search: z.array(z.string()) })),
  time: section(
    z.object({
      /** Seconds since 1970 by the machine's own clock when the section ran. */
      epochSeconds: z.number(),
      timezone: z.string().nullable(),
      synchronized: z.boolean().nullable(),
      source: z.string().nullable(),
    }),
  ),
  cgroup: section(
    z.object({ version: z.enum(['v1', 'v2', 'hybrid']), memoryController: z.boolean() }),
  ),
  virtualization: section(z.object({ kind: z.string() })),
  containers: section(
    z.array(
      z.object({
        engine: z.string(),
        version: z.string().nullable(),
        running: z.boolean().nullable(),
        /** Those that run; left out where this user may not ask, and by older readings. */
        containers: z.array(container).optional(),
      }),
    ),
  ),
  kubernetes: section(
    z.object({
      distribution: z.enum(['k3s', 'kubelet']),
      role: z.enum(['server', 'agent', 'node']).nullable(),
      version: z.string().nullable(),
      running: z.boolean().nullable(),
      /** What runs on this machine, told from its pods; absent where they could not be seen. */
      workloads: z
        .array(
          z.object({ namespace: z.string(), name: z.string(), pods: z.number().int().positive() }),
        )
        .max(1_000)
        .optional(),
    }),
  ),
  gpus: section(
    z.array(
      z.object({
        index: z.number().int(),
        uuid: z.string(),
        name: z.string(),
        driverVersion: z.string().nullable(),
        memoryTotalBytes: bytes.nullable(),
        memoryUsedBytes: bytes.nullable(),
        temperatureC: z.number().nullable(),
        utilizationPercent: z.number().nullable(),
        powerDrawW: z.number().nullable(),
        powerLimitW: z.number().nullable(),
        throttleReasons: z.string().nullable(),
      }),
    ),
  ),
  lldp: section(
    z.array(
      z.object({
        interface: z.string(),
        chassisName: z.string().nullable(),
        chassisId: z.string().nullable(),
        portId: z.string().nullable(),
        portDescription: z.string().nullable(),
        pvid: z.number().int().nullable(),
      }),
    ),
  ),
  listeningPorts: section(
    z.array(
      z.object({
        protocol: z.enum(['tcp', 'udp']),
        address: z.string(),
        port: z.number().int(),
        process: z.string().nullable(),
      }),
    ),
  ),
  load: section(
    z.object({
      one: z.number(),
      five: z.number(),
      fifteen: z.number(),
      uptimeSeconds: z.number().nullable(),
    }),
  ),
} as const;

/** The machine's own end of the connection over which it was read (`$SSH_CONNECTION`). */
export const reachedAt = z.object({
  /** Without prefix length and zone: `10.0.10.11`. */
  address: z.string(),
  port: z.number().int(),
  /** The interface that has the address, where one has. */
  interface: z.string().nullable(),
});

/** By which a machine may be known again, beside machine id, serial number and MACs. */
export const identifiers = z.object({
  /** Of SMBIOS or the hypervisor, lower case with hyphens; null where the machine does not tell. */
  productUuid: z.string().nullable(),
  boardSerial: z.string().nullable(),
  chassisSerial: z.string().nullable(),
  /** `kern.hostuuid` of FreeBSD and its kin, the platform's UUID of a Mac. */
  hostId: z.string().nullable(),
  /** Why some are null that the machine has: only root may read them. */
  hidden: z.string().nullable(),
});

export const factsSchema = z.object({
  /** UTC milliseconds by this computer's clock. */
  collectedAt: z.number().int(),
  /** How long the script ran on the machine and how long the whole took, in milliseconds. */
  durationMs: z.number(),
  /** These two are left out by older readings, and where there is nothing to tell. */
  reachedAt: reachedAt.optional(),
  identifiers: identifiers.optional(),
  sections: z.object(factsSections),
});

export type Facts = z.infer<typeof factsSchema>;
export type ReachedAt = z.infer<typeof reachedAt>;
export type Identifiers = z.infer<typeof identifiers>;
export type FactsSections = Facts['sections'];
export type FactsSectionName = keyof typeof factsSections;
export type SectionData<N extends FactsSectionName> = Extract<
  FactsSections[N],
  { status: 'ok' }
>['data'];
export type ObservedInterface = z.infer<typeof observedInterface>;
export type ObservedAddress = z.infer<typeof observedAddress>;
export type BlockDevice = z.infer<typeof blockDevice>;
export type FileSystem = z.infer<typeof fileSystem>;
