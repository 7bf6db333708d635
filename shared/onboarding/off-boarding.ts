import { z } from 'zod';
import { jobPlan } from '../jobs/plan.ts';
import { id } from '../model/inventory.ts';

/**
 * What a person decides when a device goes. Its history stays, whatever is chosen. What jobs did on the
 * machine itself, keys among it, is taken back by undoing those; nothing here connects to it.
 */
export const offboardingAnswers = z.object({
  /** Take it out of its rack. */
  freePlace: z.boolean().default(true),
  freeAddresses: z.boolean().default(true),
  deleteCables: z.boolean().default(true),
  leaveClusters: z.boolean().default(true),
});
export type OffboardingAnswers = z.infer<typeof offboardingAnswers>;

/** Something that leans on the device, or that it holds. */
const dependent = z.object({
  kind: z.string(),
  label: z.string(),
  /** The first ones by name. */
  names: z.array(z.string()).max(20),
  count: z.number().int(),
  /** What becomes of them; one sentence. */
  says: z.string(),
  weight: z.enum(['info', 'warning']),
});

/** A cluster that the device is in, and the way there: it leaves that first. */
const ofCluster = z.object({ contextId: id, name: z.string() });

export const offboardingPreview = z.object({
  deviceId: id,
  deviceName: z.string(),
  dependents: z.array(dependent).max(40),
  clusters: z.array(ofCluster).max(20),
  /** Done to it by jobs, newest first; those that can be undone are offered. */
  jobs: z
    .array(z.object({ id, title: z.string(), at: z.number().int(), undoable: z.boolean() }))
    .max(100),
  plan: jobPlan,
  hash: z.string(),
});
export type OffboardingPreview = z.infer<typeof offboardingPreview>;
