import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import type { EntryPreview } from '../../../shared/contract/quick-entry.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { formatCount } from '../../ui/formatting.ts';

export type Entry = InferClientInputs<Client>['quickEntry']['preview'];

export type CopiesPreview = InferClientOutputs<Client>['records']['duplicatePreview'];

/** Copies of devices; `copies` of each. */
export interface Copies {
  readonly ids: readonly string[];
  readonly copies: number;
}

/** Many devices at once: tried out while it is typed, then added as one change. */
export interface QuickEntryStore {
  preview(entry: Entry, signal: AbortSignal): Promise<EntryPreview>;
  apply(entry: Entry): Promise<Outcome<{ ids: string[] }>>;
  copiesPreview(copies: Copies, signal: AbortSignal): Promise<CopiesPreview>;
  copy(copies: Copies): Promise<Outcome<{ ids: string[] }>>;
}

interface Needs {
  readonly client: Client;
  readonly notify: Notifier;
}

export function createQuickEntryStore({ client, notify }: Needs): QuickEntryStore {
  return {
    preview: (entry, signal) => client.quickEntry.preview(entry, { signal }),
    copiesPreview: ({ ids, copies }, signal) =>
      client.records.duplicatePreview({ kind: 'device', ids: [...ids], copies }, { signal }),
    async copy({ ids, copies }) {
      const outcome = await attempt(
        client.records.duplicate({ kind: 'device', ids: [...ids], copies }),
      );
      if (!outcome.ok) return outcome;
      const { changeSetId, ids: made } = outcome.value;
      notify.done(`Added ${formatCount(made.length, 'copy', 'copies')}.`, { undoes: changeSetId });
      return { ok: true, value: { ids: made } };
    },
    async apply(entry) {
      const outcome = await attempt(client.quickEntry.apply(entry));
      if (!outcome.ok) return outcome;
      const { devices, changeSetId, ids } = outcome.value;
      notify.done(`Added ${formatCount(devices, 'device')}.`, { undoes: changeSetId });
      return { ok: true, value: { ids } };
    },
  };
}
