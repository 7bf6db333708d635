import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { elevationDevice, mountedPlace } from '../model/racks.ts';
import { procedure } from './base.ts';
import { chosenType } from './device-types.ts';

/** No drawing of more would be one. */
export const devicesDrawn = 500;

/** What stands where in racks: drawn, moved, and new gear put in by its type. */
export const racks = {
  /** What is drawn of one rack; `total` says when it holds more than can be. */
  elevation: procedure
    .input(z.object({ id }))
    .output(z.object({ devices: z.array(elevationDevice), total: z.number().int() })),
  /** Devices that stand in no rack and on nothing. */
  loose: procedure
    .input(
      z.object({
        search: z.string().max(200).default(''),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ devices: z.array(elevationDevice), total: z.number().int() })),
  /**
   * Puts one or many devices where they shall be, as one change set; several may change places with
   * each other. What stands on them goes along. `from`: where they were shown; throws CHANGED_SINCE
   * where one has been moved since, and INVALID_INPUT, with the words, for a place that it cannot have.
   */
  move: procedure
    .input(
      z.object({
        moves: z
          .array(z.object({ id, from: mountedPlace.optional(), to: mountedPlace }))
          .min(1)
          .max(100),
      }),
    )
    .output(z.object({ changeSetId: id })),
  /** A new device of a type, named by counting on from those that there are. */
  add: procedure
    .input(z.object({ type: chosenType, to: mountedPlace }))
    .output(z.object({ id, name: z.string(), changeSetId: id })),
};
