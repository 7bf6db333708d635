import { z } from 'zod';

/** A port of this computer that leads to one in the cluster. Times are UTC milliseconds. */
export const portForward = z.object({
  id: z.uuid(),
  contextId: z.uuid(),
  /** How the cluster is called. */
  cluster: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  /** Of the pod, or of the service. */
  port: z.number().int(),
  localPort: z.number().int(),
  /** Where the last connection went; null: there was none yet. */
  pod: z.string().nullable(),
  openedAt: z.number(),
  /** Connections that stand, and all there were. */
  connections: z.number().int(),
  served: z.number().int(),
  /** Bytes into the cluster and out of it. */
  sent: z.number().int(),
  received: z.number().int(),
  /** What went wrong last. */
  trouble: z.object({ at: z.number(), text: z.string() }).nullable(),
});
export type PortForward = z.infer<typeof portForward>;
