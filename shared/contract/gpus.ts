import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { checkResult } from '../checks/check.ts';
import { gpuCurve } from '../gpus/gpu-points.ts';
import { gpuSample } from '../gpus/gpu-reading.ts';
import { id } from '../model/inventory.ts';
import { procedure } from './base.ts';

const device = z.object({ deviceId: id });

const gpuMachine = z.object({
  deviceId: id,
  name: z.string(),
  /** As the inventory has them. */
  cards: z.array(z.string()).max(16),
  /** Looked at each minute, for a curve of the week. */
  kept: z.boolean(),
});
export type GpuMachine = z.infer<typeof gpuMachine>;

export const gpuEvent = z.discriminatedUnion('type', [
  /** What is known of the last hour, before anything new comes. */
  z.object({ type: z.literal('past'), curves: z.array(gpuCurve).max(64) }),
  z.object({ type: z.literal('sample'), sample: gpuSample }),
  /** It could not be asked; it is tried again. */
  z.object({
    type: z.literal('failed'),
    /** UTC milliseconds. */
    at: z.number().int(),
    code: z.string(),
    message: z.string(),
    hint: z.string(),
  }),
]);
export type GpuEvent = z.infer<typeof gpuEvent>;

/** Graphics processors of machines that are reached by SSH. */
export const gpus = {
  /** Machines with a card in the inventory, or whose cards are looked at. */
  machines: procedure.output(z.array(gpuMachine).max(200)),
  /** Once. Throws what connecting throws. */
  look: procedure.input(device).output(gpuSample),
  /** Each second, until the caller leaves; nothing is asked of a person. */
  watch: procedure.input(device).output(eventIterator(gpuEvent)),
  /** What was kept, minute by minute, as far as a chart can show it. */
  past: procedure
    .input(device.extend({ hours: z.number().int().min(1).max(168) }))
    .output(z.array(gpuCurve).max(64)),
  /** Whether its cards are looked at each minute while Rackhelm runs; what was kept stays for its week. */
  keep: procedure.input(device.extend({ kept: z.boolean() })).output(z.object({})),
  /** Puts cards into the inventory, as one change to undo. Throws NOT_FOUND, DUPLICATE. */
  declare: procedure
    .input(
      device.extend({
        cards: z
          .array(
            z.object({
              slot: z.string().max(100).nullable(),
              model: z.string().trim().min(1).max(200),
              memoryBytes: z.number().int().nonnegative().nullable(),
              /** Watts. */
              powerLimit: z.number().nonnegative().max(100_000).nullable(),
            }),
          )
          .min(1)
          .max(16),
      }),
    )
    .output(z.object({ changeSetId: z.string() })),
  /** Driver, container toolkit, bus, memory errors and the kernel's log; the results are kept as checks. */
  check: procedure.input(device).output(z.array(checkResult).max(100)),
};
