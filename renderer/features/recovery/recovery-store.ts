import type { InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { attempt } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Failure } from '../../rpc/failure.ts';

export type SystemInfo = InferClientOutputs<Client>['system']['info'];
export type Damage = NonNullable<InferClientOutputs<Client>['system']['damage']>;

/** Whether the database can be used, and what to do where it cannot. */
export type RecoveryState =
  | { readonly status: 'checking' }
  | { readonly status: 'failed'; readonly failure: Failure }
  | { readonly status: 'ready'; readonly info: SystemInfo; readonly keptAs: string | null }
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
  /** The note about the kept file was read. */
  dismissKept(): void;
}

const unexplained: Damage = {
  problem: 'The database is damaged; nothing more is known about it.',
  file: '',
  copies: [],
};

export function createRecoveryStore(client: Client): RecoveryStore {
  const store = createStore<RecoveryState>(() => ({ status: 'checking' }));

  async function read(keptAs: string | null): Promise<RecoveryState> {
    const info = await client.system.info();
    if (info.database === 'ready') return { status: 'ready', info, keptAs };
    const damage = (await client.system.damage()) ?? unexplained;
    return { status: 'damaged', info, damage, restoring: null, failure: null };
  }

  async function check(keptAs: string | null): Promise<void> {
    const outcome = await attempt(read(keptAs));
    const next: RecoveryState = outcome.ok
      ? outcome.value
      : { status: 'failed', failure: outcome.failure };
    store.setState(next, true);
  }

  return {
    store,
    check: () => check(null),
    async restore(file) {
      const before = store.getState();
      if (before.status !== 'damaged') return;
      store.setState({ ...before, restoring: file, failure: null }, true);
      const outcome = await attempt(client.system.recover({ file }));
      if (outcome.ok) await check(outcome.value.keptAs);
      else store.setState({ ...before, restoring: null, failure: outcome.failure }, true);
    },
    dismissKept() {
      const state = store.getState();
      if (state.status === 'ready') store.setState({ ...state, keptAs: null }, true);
    },
  };
}
