import type { Failure } from '../rpc/failure.ts';

/** How stores tell the person that something was done or failed, without knowing how it is shown. */
export interface Notifier {
  /**
   * `undoes`: offers to take this change set back at once; `undo`: what is no change set. `partly`: not
   * all of it went well, as the text says.
   */
  done(
    text: string,
    options?: {
      readonly undoes?: string;
      readonly undo?: () => void;
      readonly partly?: boolean;
    },
  ): void;
  failed(failure: Failure): void;
  /** Something else was changed: an offer to undo on the screen is no longer the next one. */
  outdated(): void;
}
