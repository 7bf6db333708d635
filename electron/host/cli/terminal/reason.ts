import { reasonText } from '../../../../shared/model/history.ts';
import type { Database } from '../../db/index.ts';

/** What `--reason` gave. */
export interface WithReason {
  readonly reason?: string;
}

const longest = reasonText.maxLength ?? 500;

/** As much of it as the history keeps; null where nothing was said. */
export function reasonIn({ reason }: WithReason): string | null {
  return reason?.trim().slice(0, longest) || null;
}

/** Keeps why a change was made, beside it. */
export function keepReason(
  { history }: Pick<Database, 'history'>,
  { changeSetId }: { readonly changeSetId: string },
  options: WithReason,
): void {
  const reason = reasonIn(options);
  if (reason === null) return;
  // A change that changed nothing is not in the history.
  const [newest] = history.list({ before: null, limit: 1 });
  if (newest?.id === changeSetId) history.setReason({ id: changeSetId, reason });
}
