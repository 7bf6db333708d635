import { z } from 'zod';

const name = z.string().min(1).max(253);
const inNamespace = { namespace: name, name };
const replicated = z.enum(['deployments.apps', 'statefulsets.apps', 'replicasets.apps']);
const rolled = z.enum(['deployments.apps', 'statefulsets.apps', 'daemonsets.apps']);
export type RolledKind = z.infer<typeof rolled>;

/** As long as a text that a person edits may be. */
export const mostYaml = 256 * 1024;

/** Which object, and which one of that name. */
export const editedObject = z.object({
  kind: z.string().min(1).max(320),
  namespace: name.nullable(),
  name,
  uid: z.string().min(1).max(100),
  /** As it was shown: what changed since is not written over. */
  resourceVersion: z.string().min(1).max(100),
});

/** One thing that a person does to a cluster. Kinds as `kubectl` names them: `deployments.apps`. */
export const clusterAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('cordon'), node: name }),
  z.object({ do: z.literal('uncordon'), node: name }),
  z.object({
    ...{ do: z.literal('scale'), kind: replicated, ...inNamespace },
    replicas: z.number().int().min(0).max(10_000),
  }),
  z.object({ do: z.literal('restart'), kind: rolled, ...inNamespace }),
  z.object({
    ...{ do: z.literal('roll-back'), kind: rolled, ...inNamespace },
    revision: z.number().int().min(1),
  }),
  z.object({
    ...{ do: z.literal('delete'), kind: z.string().min(1).max(320) },
    ...{ namespace: name.nullable(), name },
    /** What it owns stays, owned by nobody. */
    orphan: z.boolean(),
  }),
  editedObject.extend({
    do: z.literal('edit'),
    yaml: z.string().min(1).max(mostYaml),
    /** Take the fields that others manage. */
    force: z.boolean(),
  }),
  z.object({ do: z.literal('run-now'), ...inNamespace }),
  z.object({
    ...{ do: z.literal('debug'), ...inNamespace },
    image: z.string().min(1).max(500),
    /** Whose processes it sees; null: only its own. */
    target: name.nullable(),
  }),
]);
export type ClusterAction = z.infer<typeof clusterAction>;
export type ActionOf<D extends ClusterAction['do']> = Extract<ClusterAction, { do: D }>;
