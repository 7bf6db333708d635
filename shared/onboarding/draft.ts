import { z } from 'zod';
import { checkFix, checkId, checkStatus } from '../checks/check.ts';
import { identityMatch } from '../model/identity.ts';
import { deviceKind, id } from '../model/inventory.ts';
import { sshTarget } from '../model/ssh.ts';
import { commonAnswers, machineAnswers } from './answers.ts';
import { factsSummary } from './facts-summary.ts';
import { onboardingStep } from './steps.ts';

/** Machines that one draft takes. */
export const mostMachines = 16;

export const foundBy = z.enum(['typed', 'ssh-config', 'lease', 'scan', 'answers', 'device']);

const at = z.number().int();

/** How far connecting to a machine came. Its questions are asked live and never kept. */
export const machineConnection = z.discriminatedUnion('state', [
  z.object({ state: z.literal('untried') }),
  /** `code` says where: SSH_HOST_KEY_* is its trust, SSH_AUTH_* the signing in. */
  z.object({
    state: z.literal('failed'),
    at,
    code: z.string(),
    message: z.string(),
    hint: z.string(),
  }),
  z.object({
    state: z.literal('read'),
    at,
    user: z.string(),
    /** The key that it proved to have; `sha256` as OpenSSH prints it. */
    hostKey: z.object({ type: z.string(), sha256: z.string() }).nullable(),
  }),
]);

/** Who a machine is, as the evidence says. Only `new` and `known` are plain enough to go on by. */
export const whoItIs = z.object({
  verdict: z.enum(['new', 'known', 'replacement', 'clone', 'unclear']),
  /** The device that it is, replaces, or is a copy of. */
  deviceId: id.nullable(),
  deviceName: z.string().nullable(),
  /** One or two sentences. */
  says: z.string(),
  /** All devices that it has something in common with, the likeliest first. */
  matches: z.array(identityMatch),
  suggestion: z.object({ name: z.string(), kind: deviceKind }),
});
export type WhoItIs = z.infer<typeof whoItIs>;

/** A check result as the draft keeps it: without evidence, which stands with the check's history. */
export const keptCheck = z.object({
  check: checkId,
  part: z.string().max(200),
  group: z.string().max(60),
  title: z.string().max(200),
  status: checkStatus,
  found: z.string().max(1_000),
  fix: checkFix.nullable(),
  accepted: z.boolean(),
});
export type KeptCheck = z.infer<typeof keptCheck>;

export const draftMachine = z.object({
  id,
  /** The id that its device has or will have, so that checks can be kept under it beforehand. */
  deviceId: id,
  target: sshTarget,
  foundBy,
  connection: machineConnection,
  facts: factsSummary.nullable(),
  who: whoItIs.nullable(),
  answers: machineAnswers,
  checkedAt: at.nullable(),
  checks: z.array(keptCheck).max(300),
});
export type DraftMachine = z.infer<typeof draftMachine>;

export const draft = z.object({
  id,
  /** Counts each change; a change says which one it was made upon. */
  version: z.number().int(),
  createdAt: at,
  changedAt: at,
  who: z.string(),
  /** Where the person is. */
  step: onboardingStep,
  common: commonAnswers,
  machines: z.array(draftMachine).max(mostMachines),
  /** The job that carries it out, once it was begun. */
  jobId: id.nullable(),
});
export type Draft = z.infer<typeof draft>;

/** One line of the list of drafts. */
export const draftSummary = z.object({
  id,
  step: onboardingStep,
  createdAt: at,
  changedAt: at,
  who: z.string(),
  machines: z.array(z.string()).max(mostMachines),
  jobId: id.nullable(),
});
export type DraftSummary = z.infer<typeof draftSummary>;

/** What a machine is called before it has a name of its own. */
export function nameOf(machine: Pick<DraftMachine, 'answers' | 'facts' | 'target'>): string {
  return machine.answers.name ?? machine.facts?.hostname ?? machine.target.host;
}
