import type { Answer } from './types.ts';

/** Answers to the questions of one login, until it is known what came of them. */
export class GivenAnswers {
  /** For the method in use, or for one that a connection ended with. */
  #open: Answer[] = [];
  /** For methods that the server took as a part of what it wants. */
  readonly #accepted: Answer[] = [];

  add(answer: Answer): void {
    this.#open.push(answer);
  }

  accepted(): void {
    this.#accepted.push(...this.#open.splice(0));
  }

  /** Of several answers to one method nobody knows which was wrong. */
  refused(): void {
    const given = this.#open.splice(0);
    if (given.length === 1) given[0]?.wrong?.();
  }

  /** The connection ended for another reason. */
  unjudged(): void {
    this.#open = [];
  }

  succeeded(): void {
    this.accepted();
    for (const { worked } of this.#accepted.splice(0)) worked?.();
  }
}
