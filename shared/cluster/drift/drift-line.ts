import { z } from 'zod';

export const driftGroups = ['nodes', 'workloads', 'dependencies'] as const;
export type DriftGroup = (typeof driftGroups)[number];

const driftAbouts = [
  'node-not-declared',
  'node-doubtful',
  'member-not-seen',
  'role',
  'labels',
  'address',
  'version',
  'architecture',
  'cores',
  'memory',
  'gpus',
  'workload-not-declared',
  'service-not-seen',
  'service-cluster',
  'replicas',
  'places',
  'dependency',
] as const;

const thing = z.object({ id: z.string(), name: z.string() });

/** One difference between the inventory and the cluster. */
export const driftLine = z.object({
  /** Stays the same while both sides do. What is dismissed is remembered under it. */
  key: z.string(),
  group: z.enum(driftGroups),
  about: z.enum(driftAbouts),
  /** What it is about, as it is called: a node, a device, a workload, a service. */
  subject: z.string(),
  device: thing.nullable(),
  service: thing.nullable(),
  /** Of the cluster; `kind` as its lists are called: `nodes`. */
  object: z
    .object({ kind: z.string(), namespace: z.string().nullable(), name: z.string() })
    .nullable(),
  /** `Role`, `Memory`. */
  label: z.string(),
  /** For a person; null: nothing is declared, or nothing is there. */
  inventory: z.string().nullable(),
  cluster: z.string().nullable(),
  /** Sentences without a full stop. */
  evidence: z.array(z.string()),
  /** What accepting it writes into the inventory: `Set the role to worker`; null: it cannot be accepted. */
  fix: z.string().nullable(),
  /** Of what cannot be accepted: what to do instead. */
  advice: z.string().nullable(),
  dismissed: z.boolean(),
});
export type DriftLine = z.infer<typeof driftLine>;

/** What accepting a line does to the inventory. */
export type DriftAction =
  | { readonly do: 'add-device'; readonly node: string; readonly role: string }
  | { readonly do: 'add-member'; readonly deviceId: string; readonly role: string }
  | { readonly do: 'delete-member'; readonly memberId: string }
  | { readonly do: 'set-member'; readonly memberId: string; readonly values: Changes }
  | { readonly do: 'set-device'; readonly deviceId: string; readonly values: Changes }
  | { readonly do: 'set-tags'; readonly deviceId: string; readonly tags: readonly string[] }
  | { readonly do: 'set-cluster'; readonly values: Changes }
  | ({ readonly do: 'add-service'; readonly workload: string } & Places)
  | { readonly do: 'set-service'; readonly serviceId: string; readonly values: Changes }
  | ({ readonly do: 'set-places'; readonly serviceId: string } & Places)
  /** Keys of workloads; their services may come into being in the same step. */
  | { readonly do: 'add-dependency'; readonly from: string; readonly to: string };

/** Devices by their ids, and nodes that are no devices yet: those may be added in the same step. */
export interface Places {
  readonly places: readonly string[];
  readonly nodes: readonly string[];
}

type Changes = Readonly<Record<string, string | number>>;

/** A line with what accepting it does; null: it cannot be accepted. */
export interface Drift extends DriftLine {
  readonly action: DriftAction | null;
}

/** What a line needs; the rest is nothing. */
export type Told = Pick<Drift, 'about' | 'label' | 'subject'> & Partial<Drift>;

/** `place`: what the key begins with. A value that is seen anew makes another line of it. */
export function driftOf(
  group: DriftGroup,
  place: string,
  { about, ...told }: Told,
  dismissed: ReadonlySet<string>,
): Drift {
  const { inventory = null, cluster = null } = told;
  const key = `${place}/${about}/${hashOf(`${inventory} ${cluster}`)}`;
  return {
    ...{ group, about, device: null, service: null, object: null, inventory, cluster },
    ...{ evidence: [], fix: null, advice: null, action: null },
    ...told,
    ...{ key, dismissed: dismissed.has(key) },
  };
}

/** FNV-1a: short, and the same everywhere. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
