import { z } from 'zod';

/** What a person does to containers, several at once. */
export const containerAction = z.discriminatedUnion('do', [
  z.object({ do: z.enum(['start', 'pause', 'resume']) }),
  /** `seconds`: before it is killed; null: as its settings say. */
  z.object({
    do: z.enum(['stop', 'restart']),
    seconds: z.number().int().min(0).max(3_600).nullable().default(null),
  }),
  z.object({
    do: z.literal('kill'),
    signal: z
      .string()
      .max(25)
      .regex(/^(SIG)?[A-Z0-9+]{1,20}$/)
      .default('SIGKILL'),
  }),
  z.object({
    do: z.literal('delete'),
    /** Also one that runs, which is killed. */
    force: z.boolean().default(false),
    /** Volumes without a name, which nothing else uses. */
    volumes: z.boolean().default(false),
  }),
  z.object({
    do: z.literal('rename'),
    name: z
      .string()
      .max(128)
      .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/, 'Letters, digits, _ . and -'),
  }),
]);
export type ContainerAction = z.infer<typeof containerAction>;

export const actionResult = z.object({
  id: z.string(),
  name: z.string(),
  /** Null: it was done. */
  failure: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});
export type ActionResult = z.infer<typeof actionResult>;
