import type { JobPage } from '../../../shared/jobs/job.ts';
import { isSettled } from '../../../shared/jobs/step-state.ts';
import type { Jobs } from '../engine/jobs/index.ts';
import { followJob, tellLine } from './job-follow.ts';
import { answerQuestion, type JobAsking } from './onboard-asking.ts';
import { exitCodes } from './run-command.ts';

/** Follows a job to its end, on stderr, and answers what it asks; Ctrl-C cancels it. */
export async function followToEnd(jobs: Jobs, id: string, asking: JobAsking): Promise<JobPage> {
  const onAbort = () => void jobs.cancel(id).catch(() => {});
  asking.signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await followJob(jobs, id, {
      // What it says while it is broken off is told as well.
      signal: new AbortController().signal,
      show: tellLine,
      answer: (question) => answerQuestion(question, asking),
    });
  } finally {
    asking.signal.removeEventListener('abort', onAbort);
  }
}

/** How the command ends by how its job did. */
export function exitCodeOfJob({ state, lanes }: JobPage): number {
  switch (state.state) {
    case 'done':
      return exitCodes.done;
    case 'waiting':
      return exitCodes.waiting;
    case 'cancelled':
      return exitCodes.interrupted;
    default:
      return isPartlyDone(lanes) ? exitCodes.partly : exitCodes.failed;
  }
}

function isPartlyDone(lanes: JobPage['lanes']): boolean {
  return lanes.some(({ steps }) => steps.every(({ state }) => isSettled(state)));
}

export function jobProblem({ state }: JobPage): string | null {
  if (state.state === 'waiting') return `It waits: ${state.needs}`;
  return 'error' in state ? `${state.error.message}\n${state.error.hint}` : null;
}
