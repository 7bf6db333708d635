import type { Failure } from '../rpc/failure.ts';

/** How stores tell the person that something was done or failed, without knowing how it is shown. */
export interface Notifier {
  /** `undoable`: offers to take it back at once. */
  done(text: string, options?: { readonly undoable?: boolean }): void;
  failed(failure: Failure): void;
  /** Something else was changed: an offer to undo on the screen would now take back that. */
  outdated(): void;
}
