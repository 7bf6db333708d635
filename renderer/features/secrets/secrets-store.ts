import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import type { SecretsStatus, SecretTest } from '../../../shared/model/secrets.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';

type Inputs = InferClientInputs<Client>['secrets'];
export type SecretsPage = InferClientOutputs<Client>['secrets']['list'];
export type KeyRow = InferClientOutputs<Client>['secrets']['keys']['rows'][number];
export type SecretRow = SecretsPage['rows'][number];
export type OpenBy = Inputs['setUp']['by'];
export type UnlockWith = Inputs['unlock'];

/** As many as are shown at once. */
const mostShown = 200;

/** The store of remembered secrets; no value of one ever comes here. */
export interface SecretsStore {
  readonly status: Resource<SecretsStatus>;
  readonly stored: Resource<SecretsPage>;
  /** Keys of Rackhelm's own, the newest first. */
  readonly keys: Resource<InferClientOutputs<Client>['secrets']['keys']>;
  makeKey(): Promise<Outcome<unknown>>;
  setUp(by: OpenBy): Promise<Outcome<unknown>>;
  unlock(withWhat: UnlockWith): Promise<Outcome<unknown>>;
  lock(): Promise<void>;
  changePassphrase(current: string, next: string): Promise<Outcome<unknown>>;
  openBy(by: OpenBy): Promise<Outcome<unknown>>;
  /** The text is shown once; whoever calls this shows it. */
  makeRecoveryKey(): Promise<Outcome<{ readonly recoveryKey: string }>>;
  moveHere(recoveryKey: string, by: OpenBy): Promise<Outcome<unknown>>;
  startOver(): Promise<Outcome<unknown>>;
  lockAfter(minutes: number | null): Promise<void>;
  replace(id: string, secret: string): Promise<Outcome<unknown>>;
  test(id: string): Promise<Outcome<SecretTest>>;
  forget(id: string): Promise<Outcome<unknown>>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

export function createSecretsStore({ client, pool, notify }: Needs): SecretsStore {
  const { secrets } = client;
  const status = pool.create((signal) => secrets.status(undefined, { signal }));
  const stored = pool.create((signal) => secrets.list({ limit: mostShown }, { signal }));

  const keys = pool.create((signal) => secrets.keys(undefined, { signal }));

  /** Also after a failure: what is shown may be what led to it. */
  async function then<T>(work: Promise<T>): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    await Promise.all([status.reload(), stored.reload(), keys.reload()]);
    return outcome;
  }
  async function told(work: Promise<unknown>): Promise<void> {
    const outcome = await then(work);
    if (!outcome.ok) notify.failed(outcome.failure);
  }

  return {
    status,
    stored,
    keys,
    makeKey: () => then(secrets.makeKey()),
    setUp: (by) => then(secrets.setUp({ by })),
    unlock: (withWhat) => then(secrets.unlock(withWhat)),
    lock: () => told(secrets.lock()),
    changePassphrase: (current, next) => then(secrets.changePassphrase({ current, next })),
    openBy: (by) => then(secrets.openBy({ by })),
    makeRecoveryKey: () => then(secrets.makeRecoveryKey()),
    moveHere: (recoveryKey, by) => then(secrets.moveHere({ recoveryKey, by })),
    startOver: () => then(secrets.startOver()),
    lockAfter: (minutes) => told(secrets.lockAfter({ minutes })),
    replace: (id, secret) => then(secrets.replace({ id, secret })),
    test: (id) => then(secrets.test({ id })),
    forget: (id) => then(secrets.forget({ id })),
  };
}
