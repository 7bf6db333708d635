import type { JobPage } from '../../../shared/jobs/job.ts';
import type { Jobs } from '../engine/jobs/index.ts';
import { answerQuestion, type JobAsking } from './onboard-asking.ts';
import { tell } from './output.ts';
import { exitCodes } from './run-command.ts';

/** Follows a job to its end, on stderr, and answers what it asks; Ctrl-C cancels it. */
export async function followJob(jobs: Jobs, id: string, asking: JobAsking): Promise<JobPage> {
  const asked = new Set<string>();
  const onAbort = () => void jobs.cancel(id).catch(() => {});
  asking.signal.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const event of jobs.follow(id)) {
      if (event.type === 'lines') for (const { text } of event.lines) tell(`${text}\n`);
      if (event.type !== 'job' && event.type !== 'moved') continue;
      const questions = event.type === 'job' ? event.job.questions : event.questions;
      for (const { id: questionId, question } of questions) {
        if (asked.has(questionId)) continue;
        asked.add(questionId);
        jobs.answer(id, questionId, await answerQuestion(question, asking));
      }
    }
  } finally {
    asking.signal.removeEventListener('abort', onAbort);
  }
  return jobs.get(id);
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
      return exitCodes.failed;
  }
}

export function jobProblem({ state }: JobPage): string | null {
  if (state.state === 'waiting') return `It waits: ${state.needs}`;
  return 'error' in state ? `${state.error.message}\n${state.error.hint}` : null;
}
