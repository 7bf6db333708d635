import { createHash } from 'node:crypto';
import type { JobPlan } from '../../../../shared/jobs/plan.ts';
import type { SshKeyChoice } from '../../../../shared/onboarding/answers.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import type { Conflict } from '../../../../shared/onboarding/offers.ts';
import type { Joining } from '../../cluster/index.ts';
import { type Database, newId } from '../../db/index.ts';
import type { Jobs, WantedLane } from '../../engine/jobs/index.ts';
import type { SudoMemory } from '../../engine/machines/index.ts';
import type { ChosenKeys } from '../chosen-keys.ts';
import type { Drafts } from '../drafts/index.ts';
import { inputOf } from '../jobs/input-of.ts';
import type { OnboardingInput } from '../jobs/onboarding-input.ts';
import { joinRequestOf } from '../joining/join-request.ts';
import { conflictsOf } from '../offers/index.ts';
import { type WantedJoin, wantedLanes } from '../plan/wanted-lanes.ts';
import type { AskPerson, Looks } from './asking.ts';

export interface PlanNeeds {
  readonly db: Database;
  readonly drafts: Drafts;
  readonly jobs: Pick<Jobs, 'prepare'>;
  readonly looks: Looks;
  readonly sudo: SudoMemory;
  /** Ids of the phases that jobs of this kind have. */
  readonly phases: ReadonlySet<string>;
  readonly keysOf: (choice: SshKeyChoice, signal: AbortSignal) => Promise<ChosenKeys>;
  /** Absent: nothing can join a cluster here. */
  readonly joining?: Joining | undefined;
  readonly keep: (draftId: string, kept: KeptPlan) => void;
}

/** A plan as it was shown, until it is approved. */
export interface KeptPlan {
  readonly plan: JobPlan;
  readonly hash: string;
  readonly input: OnboardingInput;
  /** Of the draft that it was made of. */
  readonly version: number;
  readonly blocked: boolean;
}

/** Looks at each machine of a draft and tells what a job would do there. */
export function planDraft(
  needs: PlanNeeds,
  { id, attemptId }: { readonly id: string; readonly attemptId: string },
  signal: AbortSignal | undefined,
) {
  const { db, drafts, jobs, looks, sudo, keep } = needs;
  const draft = drafts.get(id);
  return looks.run(attemptId, signal, async (look) => {
    const chosen = await needs.keysOf(draft.common.sshKey, look.signal);
    const problems = problemsOf(db, draft, chosen);
    const joins = await joinsOf(needs, draft, look);
    problems.push(...joins.problems);
    const { lanes, left } = possible(
      wantedLanes(draft, { keys: chosen.lines, newId, joins: joins.wanted }),
      needs.phases,
    );
    problems.push(...left);
    const input = { ...inputOf(db, draft), ...joins.input };
    let plan: JobPlan;
    try {
      plan = await jobs.prepare('onboarding', lanes, {
        input,
        signal: look.signal,
        attended: true,
        ask: sudo.remembering(look.ask),
        log: () => {},
        onProgress: (done, total) => look.tell({ type: 'progress', done, total }),
      });
    } catch (error) {
      // Left in the middle, nothing was said of the password.
      if (!look.signal.aborted) sudo.forgetAll();
      throw error;
    }
    const hash = createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 32);
    const blocked = problems.some(({ weight }) => weight === 'blocks');
    keep(id, { plan, hash, input, version: draft.version, blocked });
    look.tell({ type: 'planned', plan, hash, problems: problems.slice(0, mostProblems) });
  });
}

interface Joins {
  readonly wanted: ReadonlyMap<string, WantedJoin>;
  readonly problems: readonly Conflict[];
  /** Tells other work on the cluster of it. */
  readonly input: { readonly clusterId?: string };
}

/** The steps by which machines join their cluster, looked up there now. */
async function joinsOf(
  { joining, sudo }: PlanNeeds,
  draft: Draft,
  look: { readonly signal: AbortSignal; readonly ask: AskPerson },
): Promise<Joins> {
  const request = joinRequestOf(draft);
  if (request === null || joining === undefined)
    return { wanted: new Map(), problems: [], input: {} };
  const asking = { signal: look.signal, ask: sudo.remembering(look.ask) };
  const { wanted, problems, takesTurns } = await joining.plan(request, asking);
  return {
    wanted,
    problems: problems.map((one) => ({ ...one, field: 'join' })),
    input: takesTurns ? { clusterId: request.clusterId } : {},
  };
}

const mostProblems = 200;

function problemsOf(db: Database, draft: Draft, { missing: keys }: ChosenKeys): Conflict[] {
  const missing = draft.machines.flatMap(({ id: machineId, answers, connection }) => [
    ...(connection.state === 'read'
      ? []
      : [blocks(machineId, 'connection', 'It was not reached yet.')]),
    ...(answers.identity === null || answers.name === null
      ? [blocks(machineId, 'identity', 'It was not said yet who it is.')]
      : []),
  ]);
  const [first] = draft.machines;
  return [
    ...missing,
    ...(first === undefined ? [] : keys.map((text) => blocks(first.id, 'sshKey', text))),
    ...conflictsOf(db, draft),
  ];
}

const blocks = (machineId: string, field: string, text: string): Conflict => ({
  ...{ machineId, field, text },
  weight: 'blocks',
});

/** Without phases that this Rackhelm does not have, which are told. */
function possible(
  lanes: readonly WantedLane[],
  phases: ReadonlySet<string>,
): { readonly lanes: readonly WantedLane[]; readonly left: readonly Conflict[] } {
  const left = lanes.flatMap(({ lane, phases: wanted }) =>
    wanted
      .filter(({ phase }) => !phases.has(phase))
      .map(({ phase }) => blocks(lane, 'fixes', `This Rackhelm has no step ${phase}.`)),
  );
  const kept = lanes.map((lane) => ({
    ...lane,
    phases: lane.phases.filter(({ phase }) => phases.has(phase)),
  }));
  return { lanes: kept, left };
}
