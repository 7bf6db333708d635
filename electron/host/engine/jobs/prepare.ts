import { setImmediate } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { JobPlan, PlannedLane, PlannedPhase, Probed } from '../../../../shared/jobs/plan.ts';
import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { JobKind, LookedAt } from './job-kind.ts';
import type { LookContext } from './phase.ts';

export interface WantedLane {
  readonly lane: string;
  readonly title: string;
  readonly deviceId: string | null;
  readonly phases: readonly { readonly phase: string; readonly params: Record<string, unknown> }[];
  readonly after?: readonly string[];
}

export interface PrepareContext {
  readonly input: unknown;
  readonly signal: AbortSignal;
  readonly attended: boolean;
  readonly ask: (question: JobQuestion) => Promise<JobAnswer>;
  readonly log: (text: string) => void;
  /** Machines that are looked at side by side; default 8. */
  readonly lanesAtOnce?: number;
  /** Told of each phase that was looked at. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Looks at each machine, changes nothing, and says what each phase would do. */
export async function prepare(
  kind: JobKind,
  wanted: readonly WantedLane[],
  context: PrepareContext,
): Promise<JobPlan> {
  const total = wanted.reduce((all, { phases }) => all + phases.length, 0);
  let done = 0;
  const lanes: PlannedLane[] = [];
  const turns = wanted.entries();
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const worker = async () => {
    for (const [index, lane] of turns) {
      lanes[index] = await prepareLane(kind, lane, { ...context, signal }, () => {
        done += 1;
        context.onProgress?.(done, total);
      });
    }
  };
  const workers = Array.from({ length: context.lanesAtOnce ?? 8 }, worker);
  try {
    await Promise.all(workers);
  } catch (error) {
    // The others let go of their machines first.
    stop.abort();
    await Promise.allSettled(workers);
    throw error;
  }
  return { version: kind.version, lanes };
}

async function prepareLane(
  kind: JobKind,
  wanted: WantedLane,
  context: PrepareContext,
  onPhase: () => void,
): Promise<PlannedLane> {
  const { lane, title, deviceId, after = [] } = wanted;
  const bare: PlannedLane = { lane, title, deviceId, after: [...after], phases: [] };
  const look = kind.look ?? kind.open;
  const machine = (await look?.call(kind, bare, context.input, openContext(context))) ?? null;
  try {
    const phases: PlannedPhase[] = [];
    for (const { phase, params } of wanted.phases) {
      phases.push(await planPhase(kind, { phase, params }, lookContext(machine, context)));
      onPhase();
      await setImmediate();
    }
    return { ...bare, phases };
  } finally {
    await machine?.release();
  }
}

async function planPhase(
  kind: JobKind,
  { phase: id, params: given }: WantedLane['phases'][number],
  context: LookContext,
): Promise<PlannedPhase> {
  const phase = kind.phases.find((one) => one.id === id);
  if (phase === undefined) {
    throw new RackhelmError('INVALID_INPUT', `There is no step ${id} in jobs of this kind.`);
  }
  const parsed = phase.params.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw new RackhelmError('INVALID_INPUT', `${id}: ${where} ${issue?.message ?? ''}`.trim());
  }
  const { data: params } = parsed;
  const probed: Probed = await phase.probe(context, params);
  const items = probed.standing === 'present' ? [] : await phase.plan(context, params, probed);
  const notes = probed.standing === 'unknown' ? [unknownNote(probed)] : [];
  return {
    phase: id,
    title: phase.title(params),
    params: params as Record<string, unknown>, // a phase's parameters are an object, as the plan keeps them
    probed,
    items: [...items, ...notes].slice(0, 200),
    lasting: phase.lasting(params),
  };
}

function unknownNote({ found }: Probed) {
  const text = `How it stands now cannot be known before: ${found}`.slice(0, 1_000);
  return { kind: 'note', weight: 'info', text } as const;
}

function openContext({ signal, attended, ask, log }: PrepareContext) {
  return { jobId: uuidv7(), lookOnly: true, signal, attended, ask, log };
}

function lookContext(machine: LookedAt | null, { signal, log }: PrepareContext): LookContext {
  return {
    get machine() {
      if (machine !== null) return machine;
      throw new RackhelmError('INTERNAL', 'A phase wants a machine in a lane that has none.');
    },
    signal,
    log,
  };
}
