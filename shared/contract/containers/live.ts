import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { tableEvent, tableQuery, tableWindow } from '../../cluster/table.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

const engine = z.object({ engineId: id });

/** An engine as it is, listed and watched by the host only while somebody looks. */
export const live = {
  list: procedure.input(engine.extend(tableQuery.shape)).output(tableWindow),
  /** The same window, and what changes in it until the caller leaves; at most ten times a second. */
  follow: procedure.input(engine.extend(tableQuery.shape)).output(eventIterator(tableEvent)),
  overview: procedure.input(engine).output(
    z.object({
      counts: z.object({
        containers: z.number(),
        projects: z.number(),
        images: z.number(),
        volumes: z.number(),
        networks: z.number(),
      }),
      /** The last time that it did not answer, while it was looked at. UTC milliseconds. */
      away: z.object({ from: z.number(), until: z.number() }).nullable(),
    }),
  ),
};
