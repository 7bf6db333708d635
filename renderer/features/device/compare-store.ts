import type { Comparison, ComparisonChoice } from '../../../shared/model/inventory.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Failure } from '../../rpc/failure.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { formatCount } from '../../ui/formatting.ts';

export type CompareView = 'open' | 'kept' | 'all';

/** Lines on a page of the comparison. */
export const comparePageSize = 100;

export interface CompareStore {
  page(id: string, view: CompareView, page: number): Resource<Comparison>;
  /** Only what the shown comparison says; when the machine was read again since, nothing is. */
  accept(shown: Shown, chosen: ComparisonChoice): Promise<Outcome<unknown>>;
  /** Keeps what is declared until something else is observed; `keep: false` takes that back. */
  keepMine(shown: Shown, chosen: ComparisonChoice, keep: boolean): Promise<Outcome<unknown>>;
}

/** The comparison that the person looked at. */
export type Shown = Pick<Comparison, 'deviceId' | 'observedAt'>;

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

/** The new comparison stands on the screen by then. */
function readSince(failure: Failure): Failure {
  const hint = 'What it said last is shown now. Look at it, then decide.';
  return { ...failure, hint };
}

export function createCompareStore({ client, pool, notify }: Needs): CompareStore {
  const pages = pool.createKeyed((key, signal) => {
    const [id = '', view, page] = key.split('/');
    return client.devices.compare(
      {
        id,
        view: view as CompareView, // `page` below wrote it
        offset: Number(page) * comparePageSize,
        limit: comparePageSize,
      },
      { signal },
    );
  });

  async function decided<T extends { changeSetId: string }>(
    work: Promise<T>,
    sentence: (value: T) => string,
  ): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    if (outcome.ok) {
      notify.done(sentence(outcome.value), { undoes: outcome.value.changeSetId });
    } else if (outcome.failure.code === 'CHANGED_SINCE') {
      pool.invalidate();
      return { ok: false, failure: readSince(outcome.failure) };
    }
    return outcome;
  }

  return {
    page: (id, view, page) => pages(`${id}/${view}/${page}`),
    accept: ({ deviceId: id, observedAt }, chosen) =>
      decided(
        client.devices.accept({ id, observedAt, chosen }),
        ({ accepted }) => `Accepted ${formatCount(accepted, 'fact')}.`,
      ),
    keepMine: ({ deviceId: id, observedAt }, chosen, keep) =>
      decided(client.devices.keepMine({ id, observedAt, chosen, keep }), ({ kept }) =>
        keep
          ? `Kept ${formatCount(kept, 'value')} as declared.`
          : `${formatCount(kept, 'value')} can be decided again.`,
      ),
  };
}
