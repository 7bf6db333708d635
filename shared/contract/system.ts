import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { jobSummary } from '../jobs/job.ts';
import { procedure } from './base.ts';

export const systemEvent = z.discriminatedUnion('type', [
  /** Sent first, once the listener is registered: whatever changes later will be told. */
  z.object({ type: z.literal('listening') }),
  /** The inventory changed, in this process or another; read again what is shown. */
  z.object({ type: z.literal('inventory') }),
  /** A job began, moved, asks, came further or said something: a few times a second at most for each. */
  z.object({ type: z.literal('job'), job: jobSummary }),
  /** Jobs went away, or many moved at once; read the list again. */
  z.object({ type: z.literal('jobs') }),
  /** Whether the database can be used changed; ask `info` again. */
  z.object({ type: z.literal('database') }),
]);
export type SystemEvent = z.infer<typeof systemEvent>;

export const goodCopy = z.object({
  file: z.string(),
  takenAt: z.number().int(),
  sizeBytes: z.number().int(),
  devices: z.number().int().nullable(),
});
export type GoodCopy = z.infer<typeof goodCopy>;

/** A place in the window as its address has it: `#/devices?search=pi`. */
export const place = z.string().max(2_000);

export const system = {
  info: procedure.output(
    z.object({
      version: z.string(),
      shell: z.enum(['desktop', 'browser']),
      dataDirectory: z.string(),
      /**
       * `damaged`: nothing but `recover` and `info` works. `displaced`: the file was moved, deleted
       * or replaced while the host ran; it still reads, but every change throws DATA_MOVED until
       * `putBack` or `takeFound`.
       */
      database: z.enum(['ready', 'damaged', 'displaced']),
      /** Where the person was last; null: nowhere yet. */
      place: place.nullable(),
    }),
  ),
  /** Told when the person goes somewhere, so that the next start begins there. */
  keepPlace: procedure.input(z.object({ address: place })).output(z.object({})),
  watch: procedure.output(eventIterator(systemEvent)),
  /** What is wrong with the database and the copies that could replace it, newest first. */
  damage: procedure.output(
    z.object({ problem: z.string(), file: z.string(), copies: z.array(goodCopy) }).nullable(),
  ),
  /** Puts a copy in the damaged file's place; the damaged file is kept under the returned name. */
  recover: procedure
    .input(z.object({ file: z.string().max(4_096) }))
    .output(z.object({ keptAs: z.string() })),
  /** What happened to the file of a displaced database; null when it is in its place. */
  displacement: procedure.output(
    z.object({ file: z.string(), what: z.enum(['missing', 'replaced']) }).nullable(),
  ),
  /** Writes what the host holds to the old place; what lies there is kept under the returned name. */
  putBack: procedure.output(z.object({ keptAs: z.string().nullable() })),
  /** Opens what lies there instead; what the host held is kept among the automatic copies. */
  takeFound: procedure.output(z.object({})),
};
