import { afterEvent } from '../../../../shared/jobs/after-event.ts';
import type { JobPage, LogLine } from '../../../../shared/jobs/job.ts';
import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import type { Jobs } from '../../engine/jobs/index.ts';
import { print, tell } from '../terminal/output.ts';
import { answerQuestion, type JobAsking } from './onboard-asking.ts';

/** Lines from before that are shown first. */
const linesBefore = 500;

interface FollowOptions {
  readonly signal: AbortSignal;
  /** Lines as they come; not where only the end is wanted. */
  readonly show: (line: string) => void;
  /** Answers what the job asks, where it runs in this process. */
  readonly answer?: (question: JobQuestion) => Promise<JobAnswer>;
}

/** Tells what a job says until nobody is at it any more, or until the signal. */
export async function followJob(jobs: Jobs, id: string, options: FollowOptions): Promise<JobPage> {
  const { signal, show, answer } = options;
  const asked = new Set<string>();
  let page: JobPage | null = jobs.get(id);
  const titles = titlesOf(page);
  let newest = 0;
  const tellLines = (lines: readonly LogLine[]) => {
    for (const line of lines) {
      if (line.seq <= newest) continue;
      newest = line.seq;
      const where = titles.get(line.stepId ?? '');
      show(where === undefined ? line.text : `${where}: ${line.text}`);
    }
  };
  const past = { stepId: null, search: '', limit: linesBefore };
  tellLines((await jobs.log(id, { ...past, after: null })).lines);
  for await (const event of jobs.follow(id, signal)) {
    page = afterEvent(page, event);
    if (event.type === 'lines') {
      // Between the look at the past and this, or where many came at once.
      const missed = (event.lines[0]?.seq ?? 0) > newest + 1;
      if (missed) tellLines((await jobs.log(id, { ...past, after: newest })).lines);
      tellLines(event.lines);
    }
    for (const { id: questionId, question } of (answer && page?.questions) ?? []) {
      if (asked.has(questionId)) continue;
      asked.add(questionId);
      void answer?.(question).then((given) => jobs.answer(id, questionId, given));
    }
  }
  return jobs.get(id);
}

/** Of a job on several machines each line says whose it is. */
function titlesOf({ lanes }: JobPage): ReadonlyMap<string, string> {
  if (lanes.length < 2) return new Map();
  return new Map(lanes.flatMap(({ title, steps }) => steps.map(({ id }) => [id, title] as const)));
}

export const showLine = (line: string) => print(`${line}\n`);
export const tellLine = (line: string) => tell(`${line}\n`);

/** Follows a job that this process runs to its end, and answers what it asks; Ctrl-C cancels it. */
export async function followToEnd(
  jobs: Jobs,
  id: string,
  { show = tellLine, ...asking }: JobAsking & Partial<Pick<FollowOptions, 'show'>>,
): Promise<JobPage> {
  const cancel = () => void jobs.cancel(id).catch(() => tell('It cannot be broken off now.\n'));
  if (asking.signal.aborted) cancel();
  asking.signal.addEventListener('abort', cancel, { once: true });
  try {
    return await followJob(jobs, id, {
      // What it says while it is broken off is told as well.
      signal: new AbortController().signal,
      show,
      answer: answerAtTerminal(asking),
    });
  } finally {
    asking.signal.removeEventListener('abort', cancel);
  }
}

/** Answers at the terminal what a job wants to know, one question at a time. */
function answerAtTerminal(asking: JobAsking) {
  let turn: Promise<unknown> = Promise.resolve();
  return (question: JobQuestion): Promise<JobAnswer> => {
    const answer = turn.then(() => answerQuestion(question, asking));
    turn = answer.catch(() => {});
    return answer;
  };
}
