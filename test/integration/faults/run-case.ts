import type { JobPage } from '../../../shared/jobs/job.ts';
import type { PlanItem } from '../../../shared/jobs/plan.ts';
import type { ActiveFault } from '../../rack/index.ts';
import type { NodeTruth } from '../kill/node-truth.ts';
import {
  type Bed,
  closeBed,
  differs,
  ended,
  makeBed,
  type PhasePlace,
  start,
  truthOf,
} from './case-bed.ts';
import type { FaultCase } from './fault-case.ts';
import { struckAt } from './moments.ts';
import { wrongWords } from './plain-words.ts';

const lock = /^var\/lib\/rackhelm(\/lock.*)?: /;

/** With how the node stands once it is done. */
export interface ReadyPhase extends PhasePlace {
  readonly after: NodeTruth;
}

export interface Outcome {
  /** How the job ended under the fault; `not met` where nothing led there or the node cannot have it. */
  readonly end: string;
  readonly says: string;
  readonly wrong: readonly string[];
}

/** The phases that there are. */
export async function phasesOf(place: PhasePlace): Promise<string[]> {
  let found: string[] = [];
  const bed = await makeBed(place, 'asked', (kind) => {
    found = kind.phases.map(({ id }) => id);
    return kind;
  });
  await closeBed(bed);
  return found;
}

/** One undisturbed run, which also says what would be done. */
export async function readyPhase(
  place: PhasePlace,
): Promise<{ readonly ready: ReadyPhase; readonly items: readonly PlanItem[] }> {
  const bed = await makeBed(place, 'undisturbed', (kind) => kind);
  try {
    const before = await truthOf(bed);
    const { id, items } = await start(bed);
    const { state } = await ended(bed, id);
    if (state.state !== 'done') throw new Error(JSON.stringify(state));
    const after = await truthOf(bed);
    const wrong = await undone(bed, id, before);
    if (wrong.length > 0) throw new Error(wrong.join('; '));
    return { ready: { ...place, after }, items };
  } finally {
    await closeBed(bed);
  }
}

/** Breaks the node at the moment, lets the job end, mends the node, and goes on or undoes. */
export async function runCase(ready: ReadyPhase, each: FaultCase): Promise<Outcome> {
  const node = ready.rack.node(ready.scenario.node);
  let fault: ActiveFault | undefined;
  let cannot = '';
  const bed = await makeBed(ready, 'struck', (kind) =>
    struckAt(kind, each.moment, async () => {
      try {
        fault = await node.fault(each.fault, each.options);
        bed.open.hurry(!each.isHarmless);
      } catch (error) {
        cannot = error instanceof Error ? error.message : String(error);
      }
    }),
  );
  try {
    const before = await truthOf(bed);
    const job = await untilStruck(bed, each);
    const { end, says, wrong } = told(bed, job, each);
    await fault?.clear();
    bed.open.hurry(false);
    wrong.push(...(await afterwards({ bed, ready, each, before }, job)));
    return { end: fault === undefined ? 'not met' : end, says: says || cannot, wrong };
  } finally {
    await fault?.clear();
    await closeBed(bed);
  }
}

async function untilStruck(bed: Bed, { moment }: FaultCase): Promise<JobPage> {
  const { id } = await start(bed);
  const job = await ended(bed, id);
  if (moment !== 'undo' || job.state.state !== 'done') return job;
  await bed.open.jobs.undo(id, { attended: false });
  return await ended(bed, id);
}

function told({ open }: Bed, { state }: JobPage, each: FaultCase) {
  const error = 'error' in state ? state.error : null;
  const says = error ? `${error.message} ${error.hint}` : 'needs' in state ? state.needs : '';
  const wrong: string[] = [];
  const expected =
    each.moment === 'undo' ? ['undone', 'undo-failed'] : ['done', 'failed', 'waiting'];
  const goesThrough = each.isHarmless && expected[0] !== state.state;
  if (goesThrough || !expected.includes(state.state)) wrong.push(`it ended as ${state.state}`);
  if (says !== '') wrong.push(...wrongWords(each.fault, says));
  wrong.push(...open.faultsOfOurs.map((one) => `a fault of ours: ${String(one)}`));
  return { end: state.state, says, wrong };
}

interface Mended {
  readonly bed: Bed;
  readonly ready: ReadyPhase;
  readonly each: FaultCase;
  readonly before: NodeTruth;
}

/** The fault is gone. */
async function afterwards(
  { bed, ready, each, before }: Mended,
  job: JobPage,
): Promise<readonly string[]> {
  const { jobs } = bed.open;
  const wrong: string[] = [];
  let last = job;
  if (each.next === 'on' && ['failed', 'waiting'].includes(last.state.state)) {
    await jobs.resume(job.id, { attended: false });
    last = await ended(bed, job.id);
    if (last.state.state !== 'done') wrong.push(`gone on, it is ${JSON.stringify(last.state)}`);
  }
  if (last.state.state === 'done') {
    const left = (await differs(bed, ready.after, ready.scenario.byChance)).filter(
      // Given back where that could be said; else the next job of ours takes it.
      (one) => each.isHarmless || !lock.test(one),
    );
    if (left.length > 0) wrong.push(`done, and ${left.join('; ')}`);
  }
  if (last.state.state !== 'undone') return [...wrong, ...(await undone(bed, job.id, before))];
  return [...wrong, ...(await differs(bed, before)).map((one) => `undone, and ${one}`)];
}

async function undone(bed: Bed, id: string, before: NodeTruth): Promise<readonly string[]> {
  await bed.open.jobs.undo(id, { attended: false });
  const { state } = await ended(bed, id);
  const left = (await differs(bed, before)).map((one) => `undone, and ${one}`);
  return state.state === 'undone' ? left : [`undone, it is ${JSON.stringify(state)}`, ...left];
}
