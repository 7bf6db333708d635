import { z } from 'zod';
import { evidence } from '../checks/check.ts';

/** How it stands now with what a phase would change. Never guessed: a failed probe is `unknown`. */
export const standing = z.enum(['absent', 'present', 'partly', 'unknown']);
export type Standing = z.infer<typeof standing>;

/** What a probe found, and on what that rests. */
export const probed = z.object({
  standing,
  /** One sentence. */
  found: z.string().max(1_000),
  evidence: z.array(evidence).max(20),
});
export type Probed = z.infer<typeof probed>;

/** One thing that a phase would do, readable by a person; secrets are redacted. */
export const planItem = z.discriminatedUnion('kind', [
  /** A command line as a person could run it by hand. */
  z.object({
    kind: z.literal('command'),
    command: z.string().max(8_000),
    /** As root? */
    root: z.boolean(),
    /** It restarts the machine. */
    restarts: z.literal(true).optional(),
    says: z.string().max(500).optional(),
  }),
  /** A file before and after; null: it is not there. Whole texts, so that a script can write them. */
  z.object({
    kind: z.literal('file'),
    path: z.string().max(1_000),
    before: z.string().max(262_144).nullable(),
    after: z.string().max(262_144).nullable(),
    mode: z.number().int().min(0).max(0o7777).nullable(),
  }),
  /** A row of the inventory or an object of an API. */
  z.object({
    kind: z.literal('object'),
    where: z.string().max(255),
    action: z.enum(['create', 'update', 'delete']),
    name: z.string().max(500),
    before: z.string().max(65_536).nullable(),
    after: z.string().max(65_536).nullable(),
  }),
  /** What cannot be known before, or what the person should know. */
  z.object({
    kind: z.literal('note'),
    weight: z.enum(['info', 'warning']),
    text: z.string().max(1_000),
  }),
]);
export type PlanItem = z.infer<typeof planItem>;

/** What a phase would do on one machine, as it was approved. */
export const plannedPhase = z.object({
  phase: z.string().max(100),
  title: z.string().max(200),
  /** Parsed by the phase. */
  params: z.record(z.string().max(60), z.unknown()),
  probed,
  items: z.array(planItem).max(200),
  /** Why it cannot be undone; null: it can be. */
  lasting: z.string().max(500).nullable(),
});
export type PlannedPhase = z.infer<typeof plannedPhase>;

/** The phases of one machine (or of none: what happens on this computer), in their order. */
export const plannedLane = z.object({
  /** Unique within the job. */
  lane: z.string().max(100),
  /** Name of the machine. */
  title: z.string().max(255),
  deviceId: z.uuid().nullable(),
  phases: z.array(plannedPhase).max(100),
  /** Lanes that have to be done first. */
  after: z.array(z.string().max(100)).max(64),
});
export type PlannedLane = z.infer<typeof plannedLane>;

export const jobPlan = z.object({
  /** Version of the kind that made it: another one does not go on with it. */
  version: z.number().int(),
  lanes: z.array(plannedLane).max(64),
});
export type JobPlan = z.infer<typeof jobPlan>;
