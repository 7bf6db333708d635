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
  /** Devices whose checks this window runs now. */
  readonly running: ReadonlySet<string>;
}

/** Results of checks on things of the inventory: read, run again, lived with. */
export interface ChecksStore {
  readonly store: StoreApi<ChecksState>;
  of(deviceId: string): Resource<ShownCheck[]>;
  run(device: { readonly id: string; readonly name: string }, options: CheckOptions): Promise<void>;
  /** Every result that is still kept, newest first. Throws. */
  history(check: ShownCheck): Promise<PastResults>;
  /** Gives what went wrong, else null. */
  accept(check: ShownCheck, draft: AcceptanceDraft): Promise<Failure | null>;
  unaccept(check: ShownCheck): Promise<void>;
}

interface Needs {
  readonly client: Pick<Client, 'checks'>;
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
  const store = createStore<ChecksState>(() => ({ running: new Set() }));

  function setRunning(id: string, on: boolean): void {
    const running = new Set(store.getState().running);
    if (on) running.add(id);
    else running.delete(id);
    store.setState({ running });
  }

  async function runOne(id: string, options: CheckOptions): Promise<void> {
    for await (const event of await client.checks.run({ deviceIds: [id], ...options })) {
      if (event.type === 'failed') {
        notify.failed({ code: event.code, message: event.message, hint: event.hint, data: {} });
        continue;
      }
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
    async run({ id }, options) {
      if (store.getState().running.has(id)) return;
      setRunning(id, true);
      try {
        await runOne(id, options);
      } catch (error) {
        if (!isAbort(error)) notify.failed(toFailure(error));
      } finally {
        setRunning(id, false);
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
