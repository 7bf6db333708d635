import { z } from 'zod';
import { id } from '../model/inventory.ts';

/** Characters of what came back that evidence keeps; the rest is cut away and said to be. */
export const mostEvidence = 16_384;

export const checkStatus = z.enum(['pass', 'warn', 'fail', 'unknown', 'not-applicable']);
export type CheckStatus = z.infer<typeof checkStatus>;

/** `onboarding.memory-cgroup`: the area, then what is looked at. Never changed once it shipped. */
export const checkId = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/);

/** What a result rests on: one command or query, and what came back. */
export const evidence = z.object({
  /** The command or query, without secrets. */
  ran: z.string().max(4_000),
  /** Where it ran: the name of a machine, or `this computer`. */
  where: z.string().max(255),
  /** As whom; null where there is no such thing. */
  as: z.string().max(255).nullable(),
  /** UTC milliseconds. */
  at: z.number().int(),
  durationMs: z.number().int().nonnegative().nullable(),
  /** Made harmless, at most `mostEvidence` characters. */
  said: z.string().max(mostEvidence),
  cut: z.boolean(),
  /** Exit code, or a word for why there is none: `late`, `too-large`, a signal. Null: not a program. */
  exit: z.union([z.number().int(), z.string().max(40)]).nullable(),
});
export type Evidence = z.infer<typeof evidence>;

/** What mends a failed check: a phase of a job, or steps for a person. */
export const checkFix = z.discriminatedUnion('kind', [
  /** `phase`: id of the phase; `params`: for that phase, as it parses them. */
  z.object({
    kind: z.literal('phase'),
    phase: z.string().max(100),
    title: z.string().max(200),
    params: z.record(z.string().max(60), z.unknown()),
  }),
  z.object({ kind: z.literal('steps'), steps: z.array(z.string().max(1_000)).min(1).max(20) }),
]);
export type CheckFix = z.infer<typeof checkFix>;

/** What was looked at: a thing of the inventory, or something that is not in it yet. */
export const checkSubject = z.object({
  /** Of the inventory; null for what is not in it. */
  id: id.nullable(),
  name: z.string().max(255),
});
export type CheckSubject = z.infer<typeof checkSubject>;

export const checkResult = z.object({
  check: checkId,
  /** Tells apart several results of one check on one subject: a port, a disk. Else empty. */
  part: z.string().max(200),
  subject: checkSubject,
  /** Heading that it is listed under. */
  group: z.string().max(60),
  title: z.string().max(200),
  /** Why it matters; one or two sentences. */
  why: z.string().max(600),
  status: checkStatus,
  /** What was found, one sentence. */
  found: z.string().max(1_000),
  evidence: z.array(evidence).max(20),
  fix: checkFix.nullable(),
  at: z.number().int(),
});
export type CheckResult = z.infer<typeof checkResult>;

/** A failed or doubtful check that a person accepts, by name and for a time. */
export const acceptance = z.object({
  check: checkId,
  part: z.string().max(200),
  subjectId: id,
  reason: z.string().trim().min(1).max(1_000),
  who: z.string().max(255),
  at: z.number().int(),
  /** UTC milliseconds; null: until it is taken back. */
  until: z.number().int().nullable(),
});
export type Acceptance = z.infer<typeof acceptance>;

/** A result as it is shown: with its past, newest first, and whether somebody accepted it. */
export const shownCheck = checkResult.extend({
  past: z.array(z.object({ at: z.number().int(), status: checkStatus })).max(50),
  accepted: acceptance.nullable(),
});
export type ShownCheck = z.infer<typeof shownCheck>;
