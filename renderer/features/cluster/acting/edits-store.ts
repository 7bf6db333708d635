import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EditableObject } from '../../../../shared/cluster/actions/preview.ts';
import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import type { Notifier } from '../../../app/notify.ts';
import { attempt } from '../../../app/outcome.ts';
import type { Client } from '../../../rpc/client.ts';

/** An object that a person edits as text. */
export interface Edit {
  /** As it was opened. */
  readonly opened: EditableObject;
  readonly text: string;
  /** As somebody else made it meanwhile; null: nobody did. */
  readonly newer: EditableObject | null;
}

/** Texts that are being edited: they stay while one looks elsewhere. */
export interface EditsStore {
  /** By `editKey`; null: it is being opened. */
  readonly store: StoreApi<Readonly<Record<string, Edit | null>>>;
  /** Opens it, or goes on where it was left. */
  begin(contextId: string, of: ObjectName): Promise<void>;
  write(key: string, text: string): void;
  /**
   * Whether it is still as it was opened, but for what the cluster itself writes; what is newer is kept
   * beside the text else.
   */
  renew(contextId: string, key: string): Promise<boolean>;
  /** Goes on with the text, over what somebody else changed. */
  keepMine(key: string): void;
  /** Begins anew from what somebody else made of it. */
  takeNewer(key: string): void;
  leave(key: string): void;
}

interface Needs {
  readonly client: {
    readonly cluster: { readonly actions: Pick<Client['cluster']['actions'], 'editable'> };
  };
  readonly notify: Notifier;
}

export function editKey(contextId: string, { kind, namespace, name }: ObjectName): string {
  return `${contextId} ${kind} ${namespace ?? ''} ${name}`;
}

export function createEditsStore({ client, notify }: Needs): EditsStore {
  const { editable } = client.cluster.actions;
  const store = createStore<Readonly<Record<string, Edit | null>>>(() => ({}));

  function change(key: string, part: (edit: Edit) => Partial<Edit>): void {
    const edit = store.getState()[key];
    if (edit) store.setState({ [key]: { ...edit, ...part(edit) } });
  }

  function leave(key: string): void {
    const { [key]: _, ...rest } = store.getState();
    store.setState(rest, true);
  }

  return {
    store,
    async begin(contextId, of) {
      const key = editKey(contextId, of);
      if (store.getState()[key] !== undefined) return;
      store.setState({ [key]: null });
      const outcome = await attempt(editable({ contextId, ...of }));
      if (store.getState()[key] !== null) return;
      if (outcome.ok) {
        const { value: opened } = outcome;
        store.setState({ [key]: { opened, text: opened.yaml, newer: null } });
      } else {
        leave(key);
        notify.failed(outcome.failure);
      }
    },
    write: (key, text) => change(key, () => ({ text })),
    async renew(contextId, key) {
      const edit = store.getState()[key];
      if (!edit) return false;
      const { kind, namespace, name, uid, yaml } = edit.opened;
      const outcome = await attempt(editable({ contextId, kind, namespace, name }));
      if (!outcome.ok) {
        notify.failed(outcome.failure);
        return false;
      }
      const now = outcome.value;
      const isSame = now.uid === uid && now.yaml === yaml;
      change(key, () => (isSame ? { opened: now } : { newer: now }));
      return isSame;
    },
    keepMine: (key) =>
      change(key, ({ opened, newer }) => ({ opened: newer ?? opened, newer: null })),
    takeNewer: (key) =>
      change(key, ({ opened, newer }) => ({
        ...{ opened: newer ?? opened, newer: null },
        text: (newer ?? opened).yaml,
      })),
    leave,
  };
}
