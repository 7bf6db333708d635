import { z } from 'zod';
import { clusterRow } from '../cluster/row.ts';

const time = z.number().nullable();

/** Something about a container that a person may want to know of before it matters. */
export const containerNote = z.object({ level: z.enum(['warn', 'info']), text: z.string() });
export type ContainerNote = z.infer<typeof containerNote>;

export const healthCheck = z.object({
  state: z.string(),
  failing: z.number().int(),
  test: z.string(),
  /** Its last runs, newest first. */
  runs: z.array(z.object({ at: time, code: z.number(), output: z.string() })),
});

/** One container as it is, in words and with what it was made of. Times are UTC milliseconds. */
export const containerPage = z.object({
  row: clusterRow,
  image: z.object({ name: z.string(), id: z.string() }),
  createdAt: time,
  startedAt: time,
  finishedAt: time,
  /** How it ended the last time; null: it never did. */
  ended: z.string().nullable(),
  restarts: z.number().int(),
  restartPolicy: z.string(),
  command: z.string(),
  workingDir: z.string(),
  user: z.string(),
  hostName: z.string(),
  tty: z.boolean(),
  notes: z.array(containerNote),
  ports: z.array(
    z.object({
      port: z.number(),
      inside: z.number(),
      protocol: z.string(),
      address: z.string(),
      open: z.boolean(),
    }),
  ),
  /** Listened on inside, by what its image says, and not published. */
  inside: z.array(z.string()),
  networkMode: z.string(),
  networks: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      mac: z.string(),
      aliases: z.array(z.string()),
    }),
  ),
  mounts: z.array(
    z.object({
      kind: z.string(),
      source: z.string(),
      destination: z.string(),
      readOnly: z.boolean(),
    }),
  ),
  environment: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
  labels: z.array(z.object({ name: z.string(), value: z.string() })),
  health: healthCheck.nullable(),
  /** Null: none. */
  limits: z.object({
    memoryBytes: z.number().nullable(),
    cpus: z.number().nullable(),
    pids: z.number().nullable(),
  }),
  gpus: z.string().nullable(),
  logDriver: z.string(),
  project: z
    .object({
      name: z.string(),
      service: z.string().nullable(),
      folder: z.string().nullable(),
      files: z.array(z.string()),
    })
    .nullable(),
  /** As the engine tells it, with what looks like a secret left out. */
  inspect: z.string(),
});
export type ContainerPage = z.infer<typeof containerPage>;
