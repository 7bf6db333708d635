import { z } from 'zod';
import { id } from '../model/inventory.ts';

const time = z.number();
const socketPath = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[/~][^\0\n]*$/, 'A path that begins with /.');

/** How an engine is reached. */
export const engineWay = z.discriminatedUnion('kind', [
  /** A socket of this computer; null: where it usually is. */
  z.object({ kind: z.literal('socket'), path: socketPath.nullable() }),
  /** A socket of a machine, over the SSH connection that Rackhelm has to it. */
  z.object({ kind: z.literal('ssh'), deviceId: id, socket: socketPath.nullable() }),
  z.object({
    kind: z.literal('tcp'),
    host: z.string().trim().min(1).max(255),
    port: z.number().int().min(1).max(65_535),
    tls: z.boolean(),
  }),
  /** A context of the docker command on this computer, read anew each time. */
  z.object({ kind: z.literal('context'), name: z.string().min(1).max(300) }),
]);
export type EngineWay = z.infer<typeof engineWay>;

/** PEM texts of a client and of the authority that signed the engine's certificate. */
export const engineIdentity = z.object({
  ca: z
    .string()
    .max(64 * 1024)
    .nullable(),
  cert: z
    .string()
    .max(32 * 1024)
    .nullable(),
  key: z
    .string()
    .max(16 * 1024)
    .nullable(),
});
export type EngineIdentity = z.infer<typeof engineIdentity>;

/** What an engine says of itself. */
export const engineFacts = z.object({
  product: z.enum(['Docker', 'Podman']),
  version: z.string(),
  apiVersion: z.string(),
  os: z.string(),
  architecture: z.string(),
  /** What its machine calls itself, and its system. */
  hostName: z.string(),
  system: z.string(),
  kernel: z.string(),
  cpus: z.number().int(),
  memoryBytes: z.number(),
  storageDriver: z.string(),
  dataRoot: z.string(),
  runtimes: z.array(z.string()),
  rootless: z.boolean(),
  containers: z.number().int(),
  images: z.number().int(),
  /** What it complains about itself. */
  warnings: z.array(z.string()),
});
export type EngineFacts = z.infer<typeof engineFacts>;

/** What trying an engine found. */
export const engineTest = z.object({
  at: time,
  /** Null: it works. */
  failure: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
  /** How it was reached, in words. */
  way: z.string(),
  facts: engineFacts.nullable(),
});
export type EngineTest = z.infer<typeof engineTest>;

export const savedEngine = z.object({
  id,
  name: z.string(),
  /** The machine that it runs on, where the inventory has it. */
  device: z.object({ id, name: z.string() }).nullable(),
  way: engineWay,
  /** In one line: `over SSH to gpu-1`. */
  reached: z.string(),
  addedAt: time,
  test: engineTest.nullable(),
});
export type SavedEngine = z.infer<typeof savedEngine>;

/** Where engines may be that are not saved yet. */
export const engineSources = z.object({
  contexts: z.array(
    z.object({
      name: z.string(),
      endpoint: z.string(),
      current: z.boolean(),
      /** Why it cannot be used; null: it may. */
      problem: z.string().nullable(),
    }),
  ),
  /** Sockets of this computer that are there. */
  sockets: z.array(z.object({ path: z.string(), usable: z.boolean() })),
  /** Machines that Rackhelm reaches over SSH. */
  devices: z.array(z.object({ id, name: z.string() })),
});
export type EngineSources = z.infer<typeof engineSources>;

/** `over SSH to gpu-1`. */
export function wayText(way: EngineWay, deviceName: string | null): string {
  switch (way.kind) {
    case 'socket':
      return `on this computer${way.path === null ? '' : `, ${way.path}`}`;
    case 'ssh':
      return `over SSH to ${deviceName ?? 'a deleted device'}${way.socket === null ? '' : `, ${way.socket}`}`;
    case 'tcp':
      return `${way.host}, port ${way.port}, ${way.tls ? 'over TLS' : 'without TLS'}`;
    case 'context':
      return `by the Docker context ${way.name}`;
  }
}
