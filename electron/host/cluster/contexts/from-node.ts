import { v7 as uuidv7 } from 'uuid';
import type { NodeEvent } from '../../../../shared/contract/cluster/contexts.ts';
import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { EventQueue } from '../../event-queue.ts';

type Pending = Map<string, (answer: JobAnswer) => void>;

export interface Asking {
  readonly signal: AbortSignal;
  readonly ask: (question: JobQuestion) => Promise<JobAnswer>;
  readonly tell: (text: string) => void;
}

/** Work on a machine that may ask a person: questions go out as events, answers come back by id. */
export class NodeAttempts {
  readonly #pending = new Map<string, Pending>();

  answer(attemptId: string, questionId: string, answer: JobAnswer): { taken: boolean } {
    const settle = this.#pending.get(attemptId)?.get(questionId);
    settle?.(answer);
    return { taken: settle !== undefined };
  }

  /** Whoever leaves breaks it off. */
  async *run(
    attemptId: string,
    signal: AbortSignal | undefined,
    work: (asking: Asking) => Promise<NodeEvent>,
  ): AsyncGenerator<NodeEvent, void, void> {
    if (this.#pending.has(attemptId))
      throw new RackhelmError('INVALID_INPUT', 'This attempt is already running.');
    const queue = new EventQueue<NodeEvent>();
    const pending: Pending = new Map();
    this.#pending.set(attemptId, pending);
    const left = new AbortController();
    const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
    const ask = (question: JobQuestion): Promise<JobAnswer> =>
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
    const tell = (text: string) => queue.push({ type: 'step', text, at: Date.now() });
    const done = work({ signal: either, ask, tell })
      .then(
        (event) => queue.push(event),
        (error: unknown) => queue.push(failure(error)),
      )
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

function failure(error: unknown): NodeEvent {
  const { code, message, hint } =
    error instanceof RackhelmError
      ? error
      : new RackhelmError('INTERNAL', 'Something went wrong inside Rackhelm.', { cause: error });
  return { type: 'failed', code, message, hint };
}
