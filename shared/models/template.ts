import { z } from 'zod';

const line = z.string().min(1).max(300);
const envName = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/)
  .max(100);
/** With `${model}` and its like where what was chosen goes. */
const pattern = z.string().min(1).max(500);

/** How much memory of a card a container takes; see `estimate.ts`. */
const memory = z.discriminatedUnion('kind', [
  /** Weights, cache of keys and values, and what runs around them. */
  z.strictObject({
    kind: z.literal('language-model'),
    /** GiB beside weights and cache: CUDA's context, buffers, graphs. */
    overheadGib: z.number().min(0).max(64),
    /** It takes a share of the card at its start, whatever the model needs. */
    takesShare: z.boolean().default(false),
  }),
  /** Weights alone, with what it computes in: embeddings, speech. */
  z.strictObject({ kind: z.literal('weights'), overheadGib: z.number().min(0).max(64) }),
  /** Depends on what a person does with it; the figure is where to begin. */
  z.strictObject({ kind: z.literal('open'), typicalGib: z.number().min(0).max(512) }),
  z.strictObject({ kind: z.literal('none') }),
]);

export const modelTemplate = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/)
    .max(40),
  title: line,
  purpose: line,
  /** Smaller comes first. */
  order: z.number().int().min(1).max(1000),
  image: line,
  gpu: z.enum(['needed', 'helps', 'none']),
  defaults: z.strictObject({
    model: z.string().max(200).optional(),
    quantisation: z.string().max(20).optional(),
    context: z.number().int().min(1).max(10_000_000).optional(),
    concurrency: z.number().int().min(1).max(10_000).optional(),
    /** Billions of parameters, where the name of the model does not say it. */
    billions: z.number().positive().max(10_000).optional(),
  }),
  arguments: z.array(pattern).max(60).default([]),
  environment: z.record(envName, pattern).default({}),
  /** Set from the store of secrets; never written here. */
  secrets: z
    .array(z.strictObject({ name: envName, why: line }))
    .max(10)
    .default([]),
  /** Where it listens inside the container. */
  port: z.number().int().min(1).max(65_535),
  volumes: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]*$/)
          .max(60),
        path: line,
      }),
    )
    .max(10)
    .default([]),
  /** GiB of /dev/shm; Docker gives 64 MiB where nothing is said. */
  sharedMemoryGib: z.number().positive().max(256).optional(),
  health: z.strictObject({
    path: z.string().startsWith('/').max(200),
    /** How long a first start may take: weights are downloaded. */
    startSeconds: z.number().int().min(5).max(86_400),
  }),
  memory,
  notes: z.array(line).max(10).default([]),
});
export type ModelTemplate = z.infer<typeof modelTemplate>;
