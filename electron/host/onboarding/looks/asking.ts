import { v7 as uuidv7 } from 'uuid';
import type { LookEvent } from '../../../../shared/contract/onboarding.ts';
import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { EventQueue } from '../../event-queue.ts';

type Pending = Map<string, (answer: JobAnswer) => void>;

export type TellLook = (event: LookEvent) => void;

export type AskPerson = (question: JobQuestion) => Promise<JobAnswer>;

/** Looks under way, whose questions go out as events and are answered by id. */
export class Looks {
  readonly #pending = new Map<string, Pending>();

  answer(attemptId: string, questionId: string, answer: JobAnswer): { taken: boolean } {
    const settle = this.#pending.get(attemptId)?.get(questionId);
    settle?.(answer);
    return { taken: settle !== undefined };
  }

  /** Runs the work and tells its events; whoever leaves breaks it off. */
  async *run(
    attemptId: string,
    signal: AbortSignal | undefined,
    work: (look: {
      readonly signal: AbortSignal;
      readonly ask: AskPerson;
      readonly tell: TellLook;
    }) => Promise<void>,
  ): AsyncGenerator<LookEvent, void, void> {
    if (this.#pending.has(attemptId)) {
      throw new RackhelmError('INVALID_INPUT', 'This attempt is already running.');
    }
    const queue = new EventQueue<LookEvent>();
    const pending: Pending = new Map();
    this.#pending.set(attemptId, pending);
    const left = new AbortController();
    const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
    const ask: AskPerson = (question) =>
      new Promise((resolve) => {
        const questionId = uuidv7();
        const settle = (answer: JobAnswer) => {
          pending.delete(questionId);
          either.removeEventListener('abort', onAbort);
          resolve(answer);
        };
        const onAbort = () => settle({ kind: 'cancel' });
        pending.set(questionId, settle);
        either.addEventListener('abort', onAbort);
        queue.push({ type: 'question', questionId, question });
      });
    const tell = (event: LookEvent) =>
      queue.push(event, event.type === 'progress' ? 'progress' : undefined);
    const done = work({ signal: either, ask, tell })
      .catch((error: unknown) => tell(failure(error, null)))
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

/** What went wrong, as it is told to a person. */
export function failure(error: unknown, machineId: string | null): LookEvent {
  const { code, message, hint } =
    error instanceof RackhelmError
      ? error
      : new RackhelmError('INTERNAL', 'Something went wrong inside Rackhelm.', { cause: error });
  return { type: 'failed', machineId, code, message, hint };
}
