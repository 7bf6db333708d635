import { v7 as uuidv7 } from 'uuid';
import type { JobAnswer, JobQuestion } from '../../shared/jobs/question.ts';
import { RackhelmError } from '../../shared/model/errors.ts';
import { EventQueue } from './event-queue.ts';

type Pending = Map<string, (answer: JobAnswer) => void>;

/** How a question goes out; each contract has such an event among its own. */
export interface QuestionEvent {
  readonly type: 'question';
  readonly questionId: string;
  readonly question: JobQuestion;
}

export interface Asking<Event> {
  readonly signal: AbortSignal;
  readonly ask: (question: JobQuestion) => Promise<JobAnswer>;
  /** `topic`: of several that wait under the same only the newest is told. */
  readonly tell: (event: Event, topic?: string) => void;
}

/** Work that tells events and may ask a person meanwhile: questions go out as events, answers come back by id. */
export class AskedWork<Event> {
  readonly #pending = new Map<string, Pending>();
  readonly #failed: (told: { code: string; message: string; hint: string }) => Event;

  /** `failed`: the event that tells of a failure. */
  constructor(failed: (told: { code: string; message: string; hint: string }) => Event) {
    this.#failed = failed;
  }

  answer(attemptId: string, questionId: string, answer: JobAnswer): { taken: boolean } {
    const settle = this.#pending.get(attemptId)?.get(questionId);
    settle?.(answer);
    return { taken: settle !== undefined };
  }

  /** Runs the work and tells its events; whoever leaves breaks it off. */
  async *run(
    attemptId: string,
    signal: AbortSignal | undefined,
    work: (asking: Asking<Event | QuestionEvent>) => Promise<void>,
  ): AsyncGenerator<Event | QuestionEvent, void, void> {
    if (this.#pending.has(attemptId))
      throw new RackhelmError('INVALID_INPUT', 'This attempt is already running.');
    const queue = new EventQueue<Event | QuestionEvent>();
    const pending: Pending = new Map();
    this.#pending.set(attemptId, pending);
    const left = new AbortController();
    const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
    const ask = asker(pending, either, (event) => queue.push(event));
    const tell = (event: Event | QuestionEvent, topic?: string) => queue.push(event, topic);
    const done = work({ signal: either, ask, tell })
      .catch((error: unknown) => queue.push(this.#failed(asTold(error))))
      .finally(() => queue.close());
    try {
      yield* queue.read(signal);
    } finally {
      left.abort();
      await done;
      this.#pending.delete(attemptId);
    }
  }
}

function asker(pending: Pending, signal: AbortSignal, push: (event: QuestionEvent) => void) {
  return (question: JobQuestion): Promise<JobAnswer> =>
    new Promise((resolve) => {
      const questionId = uuidv7();
      const settle = (answer: JobAnswer) => {
        pending.delete(questionId);
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      };
      const onAbort = () => settle({ kind: 'cancel' });
      pending.set(questionId, settle);
      signal.addEventListener('abort', onAbort);
      push({ type: 'question', questionId, question });
    });
}

/** What went wrong, as it is told to a person. */
export function asTold(error: unknown): { code: string; message: string; hint: string } {
  const { code, message, hint } =
    error instanceof RackhelmError
      ? error
      : new RackhelmError('INTERNAL', 'Something went wrong inside Rackhelm.', { cause: error });
  return { code, message, hint };
}
