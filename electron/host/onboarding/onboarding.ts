import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import type { LookEvent } from '../../../shared/contract/onboarding.ts';
import type { JobPage } from '../../../shared/jobs/job.ts';
import type { JobAnswer } from '../../../shared/jobs/question.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type Draft, nameOf } from '../../../shared/onboarding/draft.ts';
import type { RankedRole } from '../../../shared/onboarding/role.ts';
import type { Annotations } from '../annotations/index.ts';
import type { Joining } from '../cluster/index.ts';
import type { SshPool } from '../connections/ssh/index.ts';
import type { Database } from '../db/index.ts';
import type { Checks } from '../engine/checks/index.ts';
import type { AnyPhase, Jobs } from '../engine/jobs/index.ts';
import { type Machines, SudoMemory } from '../engine/machines/index.ts';
import type { AppKeys } from '../engine/secrets/index.ts';
import type { Inventory } from '../inventory/index.ts';
import { writeAnswers } from './answers/index.ts';
import type { Attempts } from './attempts.ts';
import { createMachineChecks } from './checks/index.ts';
import { keyChooser } from './chosen-keys.ts';
import { createDrafts, type Drafts } from './drafts/index.ts';
import { createFinding, type Finding } from './finding/index.ts';
import type { InventoryWork } from './inventory-work.ts';
import { inputOf } from './jobs/input-of.ts';
import { onboardingInput } from './jobs/onboarding-input.ts';
import { onboardingKind } from './jobs/onboarding-kind.ts';
import { Reached } from './jobs/reached.ts';
import {
  type CheckDraftInput,
  checkDraft,
  type KeptPlan,
  keptChecks,
  Looks,
  planDraft,
  runChecks,
  type ViewJoinInput,
  viewJoin,
} from './looks/index.ts';
import { createMending, type Mending } from './mending/index.ts';
import { createOffBoarding, type OffBoarding } from './off-boarding/index.ts';
import type { DraftOffers } from './offers/index.ts';
import { createKeyLogin, onboardingPhases } from './phases/index.ts';
import { createNetworkAddressPhase } from './phases/network/index.ts';
import { recordDevicePhase } from './record/index.ts';
import { recordReportPhase } from './report/record-report.ts';
import { blocksOfJob, draftBlocks, markdownOf, pdfOf } from './report/report-pages.ts';
import { rolesFor } from './roles/index.ts';
import { privateKeyFileOf } from './user-key.ts';
import { type ConnectInput, connectMachine } from './who/index.ts';

export interface OnboardingNeeds extends InventoryWork {
  readonly db: Database;
  readonly inventory: Inventory;
  readonly annotations: Annotations;
  readonly attempts: Attempts;
  readonly jobs: Jobs;
  readonly checks: Checks;
  readonly machines: Machines;
  readonly pool: () => Promise<SshPool>;
  /** Texts of the scripts; see remote-script.ts. */
  readonly scripts: {
    readonly facts: string;
    readonly preflight: string;
    readonly ports: string;
  };
  /** A TrueType font for reports. */
  readonly font: () => Uint8Array;
  /** A line of a .pub file: the key of this computer's user; null: there is none. */
  readonly userKey?: () => Promise<string | null>;
  /** Rackhelm's own. Default: there is nowhere to keep one. */
  readonly appKeys?: Pick<AppKeys, 'ensure' | 'holds'>;
  readonly report: (error: unknown) => void;
  /** Default: nothing can join a cluster. */
  readonly joining?: Joining;
}

/** The guided onboarding; shapes as shared/contract/onboarding.ts has them, errors are RackhelmErrors. */
export interface Onboarding {
  readonly drafts: Drafts;
  readonly finding: Finding;
  readonly offBoarding: OffBoarding;
  readonly mending: Mending;
  connect(
    input: ConnectInput,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<AttemptEvent, void, void>;
  roles(id: string): { machineId: string; roles: RankedRole[] }[];
  offers(id: string): Promise<DraftOffers>;
  check(
    input: CheckDraftInput,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<LookEvent, void, void>;
  plan(
    input: { readonly id: string; readonly attemptId: string },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<LookEvent, void, void>;
  /** The cluster as it stands, and what would become of each machine there. */
  joining(
    input: ViewJoinInput,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<LookEvent, void, void>;
  answer(input: { attemptId: string; questionId: string; answer: JobAnswer }): { taken: boolean };
  /** Starts what was planned. Throws CHANGED_SINCE where that is not what was shown. */
  run(input: {
    readonly id: string;
    readonly hash: string;
    readonly by?: 'window' | 'cli';
    readonly attended?: boolean;
  }): Promise<{ jobId: string }>;
  report(input: { readonly id: string; readonly format: 'markdown' | 'pdf' }): Promise<{
    name: string;
    content: string;
    notes: string[];
  }>;
  answers(id: string): { name: string; text: string };
}

export function createOnboarding(needs: OnboardingNeeds): Onboarding {
  const { db, attempts, jobs, checks, machines, report } = needs;
  const drafts = createDrafts(db.onboardingDrafts);
  const looks = new Looks();
  const sudo = new SudoMemory();
  const machineChecks = createMachineChecks({ script: needs.scripts.preflight, report });
  const checksOf = (deviceId: string) => keptChecks(checks.of([deviceId]));
  const blocksOf = (job: JobPage, lane?: string) =>
    blocksOfJob({ job, input: jobs.input(job.id), checksOf, at: Date.now() }, lane);
  const reached = new Reached();
  const mending = mendingPhases(needs, reached);
  const phases = [
    ...mending,
    ...(needs.joining?.phases ?? []),
    ...recordPhases(needs, { blocksOf, machineChecks, checks, db, reached }),
  ];
  const reportOf = (job: JobPage) => markdownOf(blocksOf(job));
  jobs.register(onboardingKind({ machines, reached, sudo, phases, reportOf }));
  const checking = {
    ...{ db, drafts, machines, machineChecks, checks, looks, sudo },
    ...{ inventory: needs.inventory, portsScript: needs.scripts.ports, joining: needs.joining },
  };
  const plans = new Map<string, KeptPlan>();
  const planning = {
    ...{ db, drafts, jobs, looks, sudo, joining: needs.joining },
    phases: new Set(phases.map(({ id }) => id)),
    keysOf: keyChooser({
      appKeys: needs.appKeys,
      userKey: needs.userKey ?? (async () => null),
    }),
    keep: (id: string, kept: KeptPlan) => void plans.set(id, kept),
  };
  return {
    drafts,
    finding: createFinding({ db }),
    offBoarding: createOffBoarding(needs),
    mending: createMending({ ...checking, jobs, reached, phases: mending }),
    connect: (input, signal) => connectMachine({ drafts, attempts }, input, signal),
    roles: (id) => rolesFor(db, drafts.get(id)),
    offers: (id) => needs.offers(drafts.get(id)),
    check: (input, signal) => checkDraft(checking, input, signal),
    plan: (input, signal) => planDraft(planning, input, signal),
    joining: (input, signal) => viewJoin({ ...checking, joining: needs.joining }, input, signal),
    answer: ({ attemptId, questionId, answer }) => looks.answer(attemptId, questionId, answer),
    async run({ id, hash, by = 'window', attended = true }) {
      const draft = drafts.get(id);
      const { plan, input } = approved(draft, plans.get(id), hash);
      const request = { kind: 'onboarding', title: titleOf(draft), plan, input, by, attended };
      // Twice at once is refused by the draft, which has a job by then.
      plans.delete(id);
      const job = await jobs.start(request);
      drafts.found(id, (now) => ({ ...now, jobId: job.id, step: 'run' }));
      return { jobId: job.id };
    },
    async report({ id, format }) {
      const draft = drafts.get(id);
      const at = Date.now();
      const blocks =
        draft.jobId === null
          ? draftBlocks({ draft, input: inputOf(db, draft), checksOf, at })
          : blocksOf(jobs.get(draft.jobId));
      const name = titleOf(draft);
      if (format === 'markdown') {
        return { name: `${name}.md`, content: markdownOf(blocks), notes: [] };
      }
      const { bytes, notes } = await pdfOf(blocks, { font: needs.font(), title: name, at });
      const content = Buffer.from(bytes).toString('base64');
      return { name: `${name}.pdf`, content, notes: [...notes] };
    },
    answers(id) {
      const draft = drafts.get(id);
      return { name: `${titleOf(draft)}.yaml`, text: writeAnswers(db, draft) };
    },
  };
}

/** `Onboard pi-1`, `Onboard pi-1 and 3 more`; `Join pi-1` of one that is a device already. */
function titleOf({ machines, common }: Draft): string {
  const [first, ...others] = machines.map(nameOf);
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const isKnown = machines.every(({ answers }) => answers.identity?.as === 'known');
  const verb = common.join !== null && isKnown ? 'Join' : 'Onboard';
  return `${verb} ${first ?? 'nothing'}${more}`;
}

function approved(draft: Draft, kept: KeptPlan | undefined, hash: string): KeptPlan {
  if (draft.jobId !== null) {
    throw new RackhelmError('INVALID_INPUT', 'This onboarding was begun already.', {
      hint: 'Look at its job.',
    });
  }
  if (kept === undefined || kept.hash !== hash || kept.version !== draft.version) {
    throw new RackhelmError('CHANGED_SINCE', 'This is not the plan that was made last.', {
      hint: 'Make the plan again, look at it, and then run it.',
    });
  }
  if (kept.blocked) {
    throw new RackhelmError('INVALID_INPUT', 'Something still speaks against this plan.', {
      hint: 'Correct what is marked, and make the plan again.',
    });
  }
  return kept;
}

/** What mends something on a machine. */
function mendingPhases({ pool, db, appKeys }: OnboardingNeeds, reached: Reached): AnyPhase[] {
  const others = onboardingPhases({
    tryKeyLogin: createKeyLogin({
      pool,
      targetOf: (machine) => reached.targetOf(machine),
      keyFileOf: (publicKey) => privateKeyFileOf(publicKey),
      holds: (publicKey) => appKeys?.holds(publicKey) ?? false,
    }),
    expectHostKeys: (machine, keys) => reached.expect(db, machine, keys),
  });
  return [...others, createNetworkAddressPhase()];
}

interface RecordParts {
  readonly reached: Reached;
  readonly db: Database;
  readonly checks: Checks;
  readonly machineChecks: ReturnType<typeof createMachineChecks>;
  readonly blocksOf: (job: JobPage, lane?: string) => ReturnType<typeof blocksOfJob>;
}

/** What writes down, at the end of each lane. */
function recordPhases(
  { record, revert, annotations, jobs, scripts, font }: OnboardingNeeds,
  { db, checks, machineChecks, blocksOf, reached }: RecordParts,
): AnyPhase[] {
  return [
    recordDevicePhase({
      ...{ db, record, revert, factsScript: scripts.facts },
      reachedAt: (machine) => reached.hostOf(machine),
    }),
    recordReportPhase({
      db,
      attachments: annotations.attachments,
      async recheck(machine, { jobId, lane, signal }) {
        const input = onboardingInput.parse(jobs.input(jobId)).machines[lane];
        if (input === undefined) return;
        await runChecks({ db, checks, machineChecks }, machine, { ...input, signal });
      },
      async pages({ jobId, lane }) {
        const job = jobs.get(jobId);
        const blocks = blocksOf(job, lane);
        const { bytes } = await pdfOf(blocks, {
          ...{ font: font(), title: job.title, at: Date.now() },
        });
        return [
          { ending: 'md', bytes: new TextEncoder().encode(markdownOf(blocks)) },
          { ending: 'pdf', bytes },
        ];
      },
    }),
  ];
}
