import { z } from 'zod';

/** What the host's process tells the main process. Everything else goes over ports to the page. */
export const fromHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The host could not start: a sentence for the person, and what to do. */
  z.object({
    type: z.literal('failed'),
    code: z.string(),
    message: z.string(),
    hint: z.string(),
  }),
]);
export type FromHost = z.infer<typeof fromHost>;
export type StartFailure = Extract<FromHost, { type: 'failed' }>;

/** What the main process tells the host's process; `port` carries one MessagePort. */
export const toHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('port') }),
  z.object({ type: z.literal('shutdown') }),
]);
export type ToHost = z.infer<typeof toHost>;
