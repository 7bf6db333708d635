import { RackhelmError } from '../../../../shared/model/errors.ts';
import { joinRequestOf } from '../joining/join-request.ts';
import type { CheckNeeds } from './check-needs.ts';

export interface ViewJoinInput {
  readonly id: string;
  readonly attemptId: string;
  /** Looked at now, not as seen a moment ago. */
  readonly fresh: boolean;
}

/** Looks at the cluster of a draft, as it stands now, and tells what would become of each machine there. */
export function viewJoin(
  { joining, drafts, looks, sudo }: Pick<CheckNeeds, 'joining' | 'drafts' | 'looks' | 'sudo'>,
  { id, attemptId, fresh }: ViewJoinInput,
  signal: AbortSignal | undefined,
) {
  const draft = drafts.get(id);
  return looks.run(attemptId, signal, async (look) => {
    if (joining === undefined)
      throw new RackhelmError('INVALID_INPUT', 'Nothing can join a cluster here.');
    const asking = { signal: look.signal, ask: sudo.remembering(look.ask) };
    const view = await joining.view(joinRequestOf(draft), asking, { fresh });
    look.tell({ type: 'joining', view });
    look.tell({ type: 'ended' });
  });
}
