import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { addressAnswer, cableAnswer, vlanAnswer } from './answers.ts';

/** Something that stands in the way of an answer, or that one should know. */
export const conflict = z.object({
  machineId: id,
  /** Of the answers: `name`, `place`, `addresses`, … */
  field: z.string(),
  weight: z.enum(['blocks', 'warns']),
  /** One sentence. */
  text: z.string(),
});
export type Conflict = z.infer<typeof conflict>;

const offeredPort = z.object({
  cable: cableAnswer,
  deviceName: z.string(),
  portName: z.string(),
  /** Why it is offered: what LLDP said. */
  why: z.string(),
  /** The cable that takes this port already, in words; null: it is free. */
  taken: z.string().nullable(),
});

const offeredAddress = addressAnswer.extend({
  prefix: z.string(),
  vlan: z.string().nullable(),
  why: z.string(),
});

/** What a machine could be given, best first. Nothing of it is taken until an answer says so. */
export const placementOffer = z.object({
  machineId: id,
  /** What it takes of a rack, as is said or as is usual. */
  heightUnits: z.number(),
  racks: z
    .array(
      z.object({
        rackId: id,
        rackName: z.string(),
        heightUnits: z.number(),
        /** Units at which it fits, from below; the first ones. */
        units: z.array(z.number()),
        free: z.number().int(),
        /** What stands in it, other machines of the draft among it. */
        standing: z
          .array(z.object({ name: z.string(), position: z.number(), heightUnits: z.number() }))
          .max(100),
      }),
    )
    .max(100),
  ports: z.array(offeredPort).max(32),
  vlans: z.array(vlanAnswer.extend({ name: z.string(), why: z.string() })).max(64),
  addresses: z.array(offeredAddress).max(16),
});
export type PlacementOffer = z.infer<typeof placementOffer>;
