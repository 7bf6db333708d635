import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { checkId } from '../checks/check.ts';
import { joinView } from '../cluster/join/join-view.ts';
import { jobPlan } from '../jobs/plan.ts';
import { jobAnswer, jobQuestion } from '../jobs/question.ts';
import { id } from '../model/inventory.ts';
import { sshTarget } from '../model/ssh.ts';
import { commonAnswers, machineAnswers } from '../onboarding/answers.ts';
import { draft, draftSummary, foundBy, mostMachines } from '../onboarding/draft.ts';
import {
  configuredHost,
  foundLease,
  leaseFormat,
  lostLine,
  scanEvent,
  scannablePrefix,
} from '../onboarding/finding.ts';
import { offboardingAnswers, offboardingPreview } from '../onboarding/off-boarding.ts';
import { conflict, placementOffer } from '../onboarding/offers.ts';
import { nodeRole, rankedRole } from '../onboarding/role.ts';
import { onboardingStep } from '../onboarding/steps.ts';
import { procedure } from './base.ts';
import { attemptEvent } from './machines.ts';

/** A lease file as text; larger ones are read by their path. */
const mostLeaseText = 1024 * 1024;

const newMachine = z.object({ target: sshTarget, foundBy: foundBy.default('typed') });
const one = z.object({ id });
const hash = z.string().max(100);

/** One change of a draft, written at once. What is left out of answers stays as it is. */
export const draftChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), step: onboardingStep }),
  z.object({
    kind: z.literal('add-machines'),
    machines: z.array(newMachine).min(1).max(mostMachines),
  }),
  z.object({ kind: z.literal('delete-machine'), machineId: id }),
  /** Another way in, of one that was not reached. What was read of it is forgotten. */
  z.object({ kind: z.literal('target'), machineId: id, target: sshTarget }),
  z.object({ kind: z.literal('common'), answers: commonAnswers.partial() }),
  z.object({ kind: z.literal('machine'), machineId: id, answers: machineAnswers.partial() }),
]);
export type DraftChange = z.infer<typeof draftChange>;

/** What happens while machines are looked at, for checks or for a plan. */
export const lookEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('question'), questionId: id, question: jobQuestion }),
  z.object({ type: z.literal('progress'), done: z.number().int(), total: z.number().int() }),
  /** This one was checked. */
  z.object({ type: z.literal('machine'), machineId: id, fails: z.number().int() }),
  /** `machineId` null: the plan as a whole. */
  z.object({
    type: z.literal('failed'),
    machineId: id.nullable(),
    code: z.string(),
    message: z.string(),
    hint: z.string(),
  }),
  z.object({
    type: z.literal('planned'),
    plan: jobPlan,
    /** Of this plan; `run` refuses another one than was shown. */
    hash: z.string(),
    /** Why it cannot be run yet, and what one should know before. */
    problems: z.array(conflict),
  }),
  /** The cluster that the machines are to join, and what would become of each there. */
  z.object({ type: z.literal('joining'), view: joinView }),
  z.object({ type: z.literal('ended') }),
]);
export type LookEvent = z.infer<typeof lookEvent>;

/** The guided onboarding of machines, and their off-boarding. */
export const onboarding = {
  /** Newest change first. */
  drafts: procedure.output(z.array(draftSummary).max(200)),
  draft: procedure.input(one).output(draft),
  create: procedure
    .input(z.object({ machines: z.array(newMachine).max(mostMachines).default([]) }))
    .output(draft),
  /** CHANGED_SINCE where another window changed it meanwhile: read it again. */
  change: procedure
    .input(z.object({ id, version: z.number().int(), change: draftChange }))
    .output(draft),
  delete: procedure.input(one).output(z.object({})),
  /** Which draft changed, whoever did it; null: some were added or deleted. Until the caller leaves. */
  watch: procedure.output(eventIterator(z.object({ id: id.nullable() }))),

  configuredHosts: procedure.output(
    z.object({ hosts: z.array(configuredHost).max(2_000), total: z.number().int() }),
  ),
  /** From a file of this computer, or from pasted text. Reads; nothing is written. */
  leases: procedure
    .input(
      z.union([
        z.object({ path: z.string().min(1).max(4_096) }),
        z.object({ text: z.string().max(mostLeaseText) }),
      ]),
    )
    .output(
      z.object({
        format: leaseFormat,
        leases: z.array(foundLease).max(2_000),
        total: z.number().int(),
        lost: z.array(lostLine).max(20),
        lostCount: z.number().int(),
      }),
    ),
  /** Prefixes of management VLANs. */
  scannable: procedure.output(z.array(scannablePrefix).max(100)),
  /**
   * Tries port 22 of each address of a management prefix, at a bounded rate. Only with consent; leaving
   * the stream ends it.
   */
  scan: procedure
    .input(z.object({ prefixId: id, consent: z.literal(true) }))
    .output(eventIterator(scanEvent)),

  /**
   * Connects to a machine of a draft, reads its facts and says who it is. Questions are answered by
   * `machines.answer` with the same attempt. Ends after `ready` or `failed`; by then the draft holds it.
   */
  connect: procedure
    .input(z.object({ id, machineId: id, attemptId: id }))
    .output(eventIterator(attemptEvent)),
  /** Roles for each machine that was read, best first. */
  roles: procedure
    .input(one)
    .output(z.array(z.object({ machineId: id, roles: z.array(rankedRole) })).max(mostMachines)),
  /** Rack units, ports, VLANs and addresses that are free, and what speaks against the answers. */
  offers: procedure.input(one).output(
    z.object({
      offers: z.array(placementOffer).max(mostMachines),
      conflicts: z.array(conflict).max(200),
      /** Those that addresses may be offered from; the first ones. */
      prefixes: z.array(z.object({ id, prefix: z.string(), vlan: z.string().nullable() })).max(200),
    }),
  ),
  /**
   * Runs the checks of these machines (none named: all) and keeps the results with the draft; evidence
   * and past by `checks.of` under the machine's `deviceId`. Told machine by machine; ends with `ended`.
   * `ports` is the consent to try the ports between them and to the nodes of their cluster, which opens
   * listeners there for some seconds.
   */
  check: procedure
    .input(
      z.object({
        id,
        machineIds: z.array(id).max(mostMachines).default([]),
        ports: z.boolean().default(false),
        attemptId: id,
      }),
    )
    .output(eventIterator(lookEvent)),
  /**
   * What would be done, looked up on the machines now; ends with `planned`, or with `failed` where a
   * machine could not be looked at. Nothing is changed.
   */
  plan: procedure.input(z.object({ id, attemptId: id })).output(eventIterator(lookEvent)),
  /**
   * The cluster that they are to join as it stands now, and what is recommended for each machine; ends with
   * `joining`, or with `failed`. Nothing is changed. `fresh`: looked at now, not as seen a moment ago.
   */
  joining: procedure
    .input(z.object({ id, attemptId: id, fresh: z.boolean().default(false) }))
    .output(eventIterator(lookEvent)),
  /** Of a check or a plan that asked. */
  answer: procedure
    .input(z.object({ attemptId: id, questionId: id, answer: jobAnswer }))
    .output(z.object({ taken: z.boolean() })),
  run: procedure.input(z.object({ id, hash })).output(z.object({ jobId: id })),
  /** Of one page for each machine. `pdf` is base64. */
  report: procedure.input(z.object({ id, format: z.enum(['markdown', 'pdf']) })).output(
    z.object({
      name: z.string(),
      content: z.string(),
      /** Characters that the fonts of the PDF do not have and that were written otherwise. */
      notes: z.array(z.string()).max(10),
    }),
  ),
  /** The answers of a draft as the file that `rackhelm onboard --answers` takes. */
  answers: procedure.input(one).output(z.object({ name: z.string(), text: z.string() })),

  /**
   * What would be done about one thing that a check found on a device, looked up there now; ends as
   * `plan` does. Role and network are those that it is checked again with afterwards.
   */
  planMending: procedure
    .input(
      z.object({
        deviceId: id,
        check: checkId,
        part: z.string().max(200),
        role: nodeRole,
        network: z.enum(['none', 'gateway', 'outside']),
        attemptId: id,
      }),
    )
    .output(eventIterator(lookEvent)),
  /** CHANGED_SINCE where that is not the plan that was made last. */
  mend: procedure.input(z.object({ deviceId: id, hash })).output(z.object({ jobId: id })),

  offboarding: procedure
    .input(z.object({ deviceId: id, answers: offboardingAnswers }))
    .output(offboardingPreview),
  offboard: procedure
    .input(z.object({ deviceId: id, answers: offboardingAnswers, hash }))
    .output(z.object({ jobId: id })),
};
