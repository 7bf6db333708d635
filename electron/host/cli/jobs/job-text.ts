import type { JobPage, JobStep, JobSummary } from '../../../../shared/jobs/job.ts';
import { isUnderWay, type JobState, movesOf } from '../../../../shared/jobs/job-state.ts';
import { isSettled } from '../../../../shared/jobs/step-state.ts';
import { formatCount } from '../../../../shared/model/amounts.ts';
import { exitCodes } from '../run-command.ts';
import { formatTable } from '../terminal/text-table.ts';

/** So many letters at the end of an id tell a job from the others. */
const shortId = 8;

export function jobsTable(rows: readonly JobSummary[], total: number): string {
  if (total === 0) return 'There are no jobs.\n';
  const lines = rows.map(({ id, createdAt, state, steps, title, who }) => [
    id.slice(-shortId),
    timeText(createdAt),
    state.state,
    `${steps.done}/${steps.total}`,
    who,
    title,
  ]);
  const more = total > rows.length ? `${total - rows.length} more; --limit shows them.\n` : '';
  return formatTable([['ID', 'STARTED', 'STATE', 'STEPS', 'BY', 'WHAT'], ...lines]) + more;
}

export function jobText(job: JobPage): string {
  const { id, title, who, createdAt, lanes, questions, report } = job;
  const head = `${title}\n${id}, by ${who} at ${timeText(createdAt)}\n${stateText(job.state)}\n`;
  const rows = lanes.flatMap((lane) =>
    lane.steps.map((step) => [lane.title, step.state.state, step.plan.title, stepText(step)]),
  );
  const steps = formatTable([['WHERE', 'STATE', 'STEP', ''], ...rows]);
  const asks =
    questions.length > 0 ? `${formatCount(questions.length, 'question')} to answer.\n` : '';
  return `${head}\n${steps}${asks}${nextText(job)}${report === null ? '' : `\n${report}\n`}`;
}

export function stateText(state: JobState): string {
  switch (state.state) {
    case 'failed':
    case 'undo-failed':
      return `${state.state}: ${state.error.message} ${state.error.hint}`;
    case 'waiting':
      return `waiting: ${state.needs}`;
    case 'interrupted':
      return 'interrupted: the Rackhelm that ran it ended in the middle of it';
    default:
      return state.state;
  }
}

function stepText({ state }: JobStep): string {
  if (state.state === 'failed' || state.state === 'undo-failed') return state.error.message;
  return 'found' in state ? state.found : '';
}

/** What may be done with it now. */
function nextText(job: JobSummary): string {
  const moves = movesOf(job.state).filter((move) => move !== 'undo' || job.undoable);
  if (moves.length === 0) return '';
  const short = job.id.slice(-shortId);
  const options = moves.map((move) => `--${move}`).join(', ');
  return `\nrackhelm job ${short} goes on with ${options}.\n`;
}

/** Local time, to the minute. */
function timeText(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** How a job ended, for scripts; 0 also of one that is still under way. */
export function exitCodeOfJob({ state, lanes }: Pick<JobPage, 'state' | 'lanes'>): number {
  if (isUnderWay(state)) return exitCodes.done;
  switch (state.state) {
    case 'failed':
      return isPartlyDone(lanes) ? exitCodes.partly : exitCodes.failed;
    case 'undo-failed':
      return exitCodes.failed;
    case 'waiting':
      return exitCodes.waiting;
    case 'cancelled':
    case 'interrupted':
      return exitCodes.interrupted;
    default:
      return exitCodes.done;
  }
}

/** Where the job of several machines failed, some may have got through all of theirs. */
function isPartlyDone(lanes: JobPage['lanes']): boolean {
  return lanes.some(({ steps }) => steps.every(({ state }) => isSettled(state)));
}

/** Why a job did not come to its end; null: it did. */
export function jobProblem({ state }: Pick<JobPage, 'state'>): string | null {
  if (state.state === 'waiting') return `It waits: ${state.needs}`;
  return 'error' in state ? `${state.error.message}\n${state.error.hint}` : null;
}
