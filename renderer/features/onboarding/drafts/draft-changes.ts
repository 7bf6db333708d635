import type { DraftChange } from '../../../../shared/contract/onboarding.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { attempt, type Outcome } from '../../../app/outcome.ts';
import type { Client } from '../../../rpc/client.ts';
import { aheadBy } from './ahead.ts';

export interface DraftChanges {
  /** Sent one after another; shown at once. */
  send(draft: Draft, change: DraftChange): Promise<Outcome<Draft>>;
  /** What the host says, with what it was not told yet. */
  ahead(draft: Draft): Draft;
}

/** Each change says only what it is about, so it fits what another window did meanwhile. */
export function createDraftChanges(client: Client, show: (draft: Draft) => void): DraftChanges {
  /** By draft: what is on its way, and the end of the line. */
  const waiting = new Map<string, readonly DraftChange[]>();
  const last = new Map<string, Promise<unknown>>();
  const pending = (id: string) => waiting.get(id) ?? [];

  async function sendNow(id: string, version: number, change: DraftChange) {
    const outcome = await attempt(client.onboarding.change({ id, version, change }));
    if (outcome.ok || outcome.failure.code !== 'CHANGED_SINCE') return outcome;
    const fresh = await attempt(client.onboarding.draft({ id }));
    if (!fresh.ok) return fresh;
    return await attempt(client.onboarding.change({ id, version: fresh.value.version, change }));
  }

  /** Of the newest answer of the host, by draft. */
  const versions = new Map<string, number>();

  return {
    ahead: (draft) => aheadBy(draft, pending(draft.id)),
    async send(draft, change) {
      const { id } = draft;
      waiting.set(id, [...pending(id), change]);
      show(aheadBy(draft, [change]));
      const before = last.get(id) ?? Promise.resolve();
      const sent = before.then(() =>
        sendNow(id, Math.max(draft.version, versions.get(id) ?? 0), change),
      );
      last.set(id, sent);
      const outcome = await sent;
      waiting.set(
        id,
        pending(id).filter((each) => each !== change),
      );
      if (outcome.ok) {
        versions.set(id, outcome.value.version);
        show(aheadBy(outcome.value, pending(id)));
      }
      return outcome;
    },
  };
}
