import { v7 as uuidv7 } from 'uuid';
import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { LiveJob } from './live-job.ts';

/** Where a question comes from. */
export interface Asking {
  readonly lane: string;
  readonly stepId: string | null;
  readonly signal: AbortSignal;
}

/** The questions of one job: they stand until somebody answers or the job is cancelled. */
export class Questions {
  readonly #job: LiveJob;
  readonly #settle = new Map<string, (answer: JobAnswer) => void>();

  constructor(job: LiveJob) {
    this.#job = job;
  }

  /** Throws ANSWER_NEEDED where nobody is there; resolves with `cancel` where the job is broken off. */
  ask(question: JobQuestion, { lane, stepId, signal }: Asking): Promise<JobAnswer> {
    if (!this.#job.stored.attended) throw new RackhelmError('ANSWER_NEEDED', needs(question));
    const id = uuidv7();
    return new Promise((resolve) => {
      const settle = (answer: JobAnswer) => {
        signal.removeEventListener('abort', onAbort);
        this.#settle.delete(id);
        this.#job.questions.delete(id);
        // The last one of several that stand at once.
        if (this.#job.questions.size === 0 && this.#job.state.state === 'asking') {
          this.#job.move({ type: 'answered' });
        } else this.#job.tell({ type: 'moved', step: null });
        resolve(answer);
      };
      const onAbort = () => settle({ kind: 'cancel' });
      if (signal.aborted) {
        resolve({ kind: 'cancel' });
        return;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      this.#settle.set(id, settle);
      this.#job.questions.set(id, { id, stepId, lane, at: Date.now(), question });
      if (this.#job.state.state === 'running') this.#job.move({ type: 'ask' });
      else this.#job.tell({ type: 'moved', step: null });
    });
  }

  /** False where it does not stand any more, or where that is no answer to it. */
  answer(id: string, answer: JobAnswer): boolean {
    const question = this.#job.questions.get(id)?.question;
    if (question === undefined || !fits(question, answer)) return false;
    this.#settle.get(id)?.(answer);
    return true;
  }
}

function fits(question: JobQuestion, answer: JobAnswer): boolean {
  if (answer.kind === 'cancel') return true;
  if (question.kind === 'sudo-password') return answer.kind === 'secret';
  if (question.kind === 'choice') {
    return answer.kind === 'choice' && question.choices.some(({ id }) => id === answer.id);
  }
  return answer.kind === 'ssh';
}

/** What a job that nobody watches would have asked. */
function needs(question: JobQuestion): string {
  switch (question.kind) {
    case 'sudo-password':
      return `${question.host} wants the sudo password of ${question.user}, and nobody was there.`;
    case 'choice':
      return `Somebody has to decide: ${question.text}`;
    case 'ssh':
      return 'Logging in asks something, and nobody was there to answer.';
  }
}
