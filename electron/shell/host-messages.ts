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
  /** Something for the key store, which only the main process can ask. */
  z.object({
    type: z.literal('key-store'),
    id: z.number().int(),
    ask: z.enum(['trouble', 'seal', 'open']),
    text: z.string().max(20_000),
  }),
]);
export type FromHost = z.infer<typeof fromHost>;
export type KeyStoreRequest = Extract<FromHost, { type: 'key-store' }>;
export type StartFailure = Extract<FromHost, { type: 'failed' }>;

/** What the main process tells the host's process; `port` carries one MessagePort. */
export const toHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('port') }),
  z.object({ type: z.literal('shutdown') }),
  z.object({
    type: z.literal('key-store'),
    id: z.number().int(),
    outcome: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), text: z.string().nullable() }),
      z.object({
        ok: z.literal(false),
        code: z.enum(['KEY_STORE_UNAVAILABLE', 'KEY_STORE_FORGOT']),
        message: z.string(),
      }),
    ]),
  }),
]);
export type ToHost = z.infer<typeof toHost>;
export type KeyStoreAnswer = Extract<ToHost, { type: 'key-store' }>;
