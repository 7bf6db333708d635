import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ShownCheck } from '../../../shared/checks/check.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { type Failure, isAbort, toFailure } from '../../rpc/failure.ts';
import { createResourcePool, type Resource } from '../../rpc/resource.ts';
import type { AcceptanceDraft } from '../../ui/check-list/accept-dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';

type RunInput = InferClientInputs<Client>['checks']['run'];
export interface CheckOptions {
  readonly role: NonNullable<RunInput['role']>;
  readonly network: NonNullable<RunInput['network']>;
}
export type PastResults = InferClientOutputs<Client>['checks']['history'];

export interface ChecksState {
  /** Devices whose checks this window runs now; by their id which of them, null: all. */
  readonly running: ReadonlyMap<string, string | null>;
}

/** Results of checks on things of the inventory: read, run again, lived with. */
export interface ChecksStore {
  readonly store: StoreApi<ChecksState>;
  of(deviceId: string): Resource<ShownCheck[]>;
  /** All checks of it, or of those that come of one look the results of `only` that one. */
  run(
    device: { readonly id: string; readonly name: string },
    options: CheckOptions,
    only?: string,
  ): Promise<void>;
  /** Every result that is still kept, newest first. Throws. */
  history(check: ShownCheck): Promise<PastResults>;
  /** Gives what went wrong, else null. */
  accept(check: ShownCheck, draft: AcceptanceDraft): Promise<Failure | null>;
  unaccept(check: ShownCheck): Promise<void>;
}

interface Needs {
  readonly client: Pick<Client, 'checks' | 'gpus'>;
  readonly notify: Notifier;
}

/** Null: it is about something that is not in the inventory, by which nothing can be kept. */
function named({ check, part, subject }: ShownCheck) {
  return subject.id === null ? null : { check, part, subjectId: subject.id };
}

const notKept: Failure = {
  code: 'NOT_FOUND',
  message: 'This is not in the inventory.',
  hint: 'Add it to the inventory first, so that this can be kept with it.',
  data: {},
};

export function createChecksStore({ client, notify }: Needs): ChecksStore {
  // Results are no part of the inventory; its changes leave them as they are.
  const pool = createResourcePool();
  const store = createStore<ChecksState>(() => ({ running: new Map() }));

  function setRunning(id: string, what: string | null | undefined): void {
    const running = new Map(store.getState().running);
    if (what === undefined) running.delete(id);
    else running.set(id, what);
    store.setState({ running });
  }

  async function runOne(id: string, options: CheckOptions, only: string | undefined) {
    // All of them come of one look of their own.
    if (only?.startsWith('gpu.')) {
      await client.gpus.check({ deviceId: id });
      return;
    }
    const input = { deviceIds: [id], ...options, ...(only !== undefined && { only }) };
    for await (const event of await client.checks.run(input)) {
      if (event.type === 'failed') {
        notify.failed({ code: event.code, message: event.message, hint: event.hint, data: {} });
        continue;
      }
      // Its line in the list says how it went.
      if (only !== undefined) continue;
      const fails = event.results.filter(({ status }) => status === 'fail').length;
      notify.done(
        `Checked ${isolated(event.name)}: ${fails === 0 ? 'nothing fails' : `${formatCount(fails, 'check')} failed`}.`,
        { partly: fails > 0 },
      );
    }
  }

  return {
    store,
    of: pool.createKeyed((id, signal) => client.checks.of({ subjectIds: [id] }, { signal })),
    async run({ id }, options, only) {
      if (store.getState().running.has(id)) return;
      setRunning(id, only ?? null);
      try {
        await runOne(id, options, only);
      } catch (error) {
        if (!isAbort(error)) notify.failed(toFailure(error));
      } finally {
        setRunning(id, undefined);
        pool.invalidate();
      }
    },
    async history(check) {
      const which = named(check);
      return which === null ? [] : await client.checks.history(which);
    },
    async accept(check, draft) {
      const which = named(check);
      if (which === null) return notKept;
      const outcome = await attempt(client.checks.accept({ ...which, ...draft }));
      if (!outcome.ok) return outcome.failure;
      pool.invalidate();
      return null;
    },
    async unaccept(check) {
      const which = named(check);
      if (which === null) return notify.failed(notKept);
      const outcome = await attempt(client.checks.unaccept(which));
      if (!outcome.ok) notify.failed(outcome.failure);
      pool.invalidate();
    },
  };
}
