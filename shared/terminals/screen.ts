import { z } from 'zod';

export const terminalSize = z.object({
  columns: z.number().int().min(2).max(1_000),
  rows: z.number().int().min(1).max(1_000),
});
export type TerminalSize = z.infer<typeof terminalSize>;

/** What every screen is told, wherever its shell runs. */
export const screenEvents = [
  /** Which shell answers. */
  z.object({ type: z.literal('open'), shell: z.string() }),
  /** What it writes; nothing in it reaches beyond the screen. */
  z.object({ type: z.literal('data'), text: z.string() }),
  /** `lost`: the way to it broke, and what became of it is unknown. */
  z.object({
    type: z.literal('ended'),
    code: z.number().int().nullable(),
    message: z.string().nullable(),
    lost: z.boolean(),
  }),
] as const;

export const terminalEvent = z.discriminatedUnion('type', screenEvents);
export type TerminalEvent = z.infer<typeof terminalEvent>;
