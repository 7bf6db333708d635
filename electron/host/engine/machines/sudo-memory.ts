import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import type { AskJob } from './sudo-password.ts';

/** So long a password is held that nobody used again. */
const heldMs = 15 * 60_000;

interface Held {
  readonly answer: JobAnswer;
  readonly timer: NodeJS.Timeout;
}

/**
 * Sudo passwords that a person typed for the machines of an onboarding: checks, plan and job come one
 * after another and ask once. Only in memory of the host, only for a while, and never on a disk.
 */
export class SudoMemory {
  readonly #held = new Map<string, Held>();

  /** The same question, answered from memory the first time where it was answered before. */
  remembering(ask: AskJob): AskJob {
    return async (question) => {
      if (question.kind !== 'sudo-password') return await ask(question);
      const key = keyOf(question);
      const held = question.attempt === 1 ? this.#held.get(key) : undefined;
      if (held !== undefined) {
        this.#hold(key, held.answer);
        return held.answer;
      }
      const answer = await ask(question);
      // What the store of secrets keeps is asked of that.
      if (answer.kind === 'secret' && !answer.remember) this.#hold(key, answer);
      return answer;
    };
  }

  /** One of them was wrong. */
  forgetAll(): void {
    for (const { timer } of this.#held.values()) clearTimeout(timer);
    this.#held.clear();
  }

  #hold(key: string, answer: JobAnswer): void {
    clearTimeout(this.#held.get(key)?.timer);
    const timer = setTimeout(() => this.#held.delete(key), heldMs).unref();
    this.#held.set(key, { answer, timer });
  }
}

const keyOf = ({ user, host }: Extract<JobQuestion, { kind: 'sudo-password' }>) =>
  JSON.stringify([user, host]);
