import type { LookEvent } from '../../../../shared/contract/onboarding.ts';
import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import { AskedWork, asTold } from '../../asked-work.ts';

export type TellLook = (event: LookEvent) => void;

export type AskPerson = (question: JobQuestion) => Promise<JobAnswer>;

/** Looks under way, whose questions go out as events and are answered by id. */
export class Looks {
  readonly #work = new AskedWork<LookEvent>((told) => ({
    type: 'failed',
    machineId: null,
    ...told,
  }));

  answer(attemptId: string, questionId: string, answer: JobAnswer): { taken: boolean } {
    return this.#work.answer(attemptId, questionId, answer);
  }

  /** Runs the work and tells its events; whoever leaves breaks it off. */
  run(
    attemptId: string,
    signal: AbortSignal | undefined,
    work: (look: {
      readonly signal: AbortSignal;
      readonly ask: AskPerson;
      readonly tell: TellLook;
    }) => Promise<void>,
  ): AsyncGenerator<LookEvent, void, void> {
    return this.#work.run(attemptId, signal, ({ tell, ...asking }) =>
      // Of how far it is only the newest matters.
      work({
        ...asking,
        tell: (event) => tell(event, event.type === 'progress' ? 'progress' : undefined),
      }),
    );
  }
}

/** What went wrong, as it is told to a person. */
export function failure(error: unknown, machineId: string | null): LookEvent {
  return { type: 'failed', machineId, ...asTold(error) };
}
