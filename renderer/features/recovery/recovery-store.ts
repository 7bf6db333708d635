import type { InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Notifier } from '../../app/notify.ts';
import { attempt } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Failure } from '../../rpc/failure.ts';

export type SystemInfo = InferClientOutputs<Client>['system']['info'];
export type Damage = NonNullable<InferClientOutputs<Client>['system']['damage']>;

export type Displacement = NonNullable<InferClientOutputs<Client>['system']['displacement']>;

/** Whether the database can be used, and what to do where it cannot. */
export type RecoveryState =
  | { readonly status: 'checking' }
  | { readonly status: 'failed'; readonly failure: Failure }
  | {
      readonly status: 'ready';
      readonly info: SystemInfo;
      /** The file is not where it was opened: everything shows, nothing can be changed. */
      readonly displaced: Displacement | null;
      readonly busy: boolean;
    }
  | {
      readonly status: 'damaged';
      readonly info: SystemInfo;
      readonly damage: Damage;
      readonly restoring: string | null;
      readonly failure: Failure | null;
    };

export interface RecoveryStore {
  readonly store: StoreApi<RecoveryState>;
  check(): Promise<void>;
  restore(file: string): Promise<void>;
  /** Writes what the host holds to the place where the file was. */
  putBack(): Promise<void>;
  /** Opens the file that lies in its place now. */
  takeFound(): Promise<void>;
}

const unexplained: Damage = {
  problem: 'The database is damaged; nothing more is known about it.',
  file: '',
  copies: [],
};

export function createRecoveryStore(
  client: Client,
  notify: Pick<Notifier, 'done' | 'failed'>,
): RecoveryStore {
  const store = createStore<RecoveryState>(() => ({ status: 'checking' }));

  async function read(): Promise<RecoveryState> {
    const info = await client.system.info();
    if (info.database !== 'damaged') {
      const displaced = info.database === 'displaced' ? await client.system.displacement() : null;
      return { status: 'ready', info, displaced, busy: false };
    }
    const damage = (await client.system.damage()) ?? unexplained;
    return { status: 'damaged', info, damage, restoring: null, failure: null };
  }

  async function check(restored = false): Promise<void> {
    const outcome = await attempt(read());
    const now = store.getState();
    // A copy is being put in place: what is asked meanwhile is no news.
    if (now.status === 'damaged' && now.restoring !== null && !restored) return;
    if (outcome.ok) return store.setState(outcome.value, true);
    // A connection that dropped says nothing of the database: the window stays, with all that was
    // typed in it, and is asked again when the connection is back.
    if (outcome.failure.code === 'LINK_DOWN') return;
    store.setState({ status: 'failed', failure: outcome.failure }, true);
  }

  async function settle<T>(work: () => Promise<T>, sentence: (value: T) => string) {
    const before = store.getState();
    if (before.status !== 'ready' || before.displaced === null || before.busy) return;
    store.setState({ ...before, busy: true }, true);
    const outcome = await attempt(work());
    store.setState(before, true);
    if (outcome.ok) notify.done(sentence(outcome.value));
    else notify.failed(outcome.failure);
    await check();
  }

  return {
    store,
    putBack: () =>
      settle(client.system.putBack, ({ keptAs }) =>
        keptAs === null
          ? 'The inventory is back in its place.'
          : `The inventory is back in its place. The other file is kept as ${keptAs}.`,
      ),
    takeFound: () =>
      settle(
        client.system.takeFound,
        () => 'The other inventory is open. The one before is kept among the automatic copies.',
      ),
    check: () => check(),
    async restore(file) {
      const before = store.getState();
      if (before.status !== 'damaged' || before.restoring !== null) return;
      store.setState({ ...before, restoring: file, failure: null }, true);
      const outcome = await attempt(client.system.recover({ file }));
      if (!outcome.ok) {
        store.setState({ ...before, restoring: null, failure: outcome.failure }, true);
        return;
      }
      await check(true);
      // Nothing answered: it is asked again when the connection is back.
      if (store.getState().status === 'damaged')
        store.setState({ ...before, restoring: null }, true);
      notify.done(`The copy is in place. The damaged file is kept as ${outcome.value.keptAs}.`);
    },
  };
}
