import type { InferClientOutputs } from '@orpc/client';
import type { Facts } from '../../../shared/model/facts.ts';
import type { Comparison, DeviceFields } from '../../../shared/model/inventory.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Failure } from '../../rpc/failure.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';

export type DeviceDetails = InferClientOutputs<Client>['devices']['get'];

export interface DeviceStore {
  details(id: string): Resource<DeviceDetails>;
  comparison(id: string): Resource<Comparison>;
  facts(id: string): Resource<Facts | null>;
  /** Writes one field in place; what could not be kept stays in its field. */
  edit(id: string, patch: Partial<DeviceFields>): Promise<Outcome<unknown>>;
  /** A failure is told in a notice, since no form is open; so is a tag that was taken away. */
  tag(id: string, change: { add: string[]; remove: string[] }): Promise<void>;
  /** Only what the shown comparison says; when the machine was read again since, nothing is. */
  accept(shown: Shown, paths: readonly string[]): Promise<Outcome<{ accepted: number }>>;
}

/** The comparison that the person looked at. */
type Shown = Pick<Comparison, 'deviceId' | 'observedAt'>;

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

/** The new comparison stands on the screen by then. */
function readSince(failure: Failure): Failure {
  const hint = 'What it said last is shown now. Look at it, then accept it.';
  return { ...failure, hint };
}

export function createDeviceStore({ client, pool, notify }: Needs): DeviceStore {
  /** Without a notice of its own; one that still offers to undo the change before is outdated. */
  async function written<T>(work: Promise<T>): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    if (outcome.ok) notify.outdated();
    return outcome;
  }

  const comparison = pool.createKeyed((id, signal) => client.devices.compare({ id }, { signal }));

  return {
    details: pool.createKeyed((id, signal) => client.devices.get({ id }, { signal })),
    comparison,
    facts: pool.createKeyed((id, signal) => client.devices.facts({ id }, { signal })),
    edit: (id, patch) => written(client.devices.update({ ids: [id], patch })),
    async tag(id, change) {
      const outcome = await written(client.devices.tag({ ids: [id], ...change }));
      if (!outcome.ok) return notify.failed(outcome.failure);
      // One key takes a tag away: that must not pass unseen.
      const [first] = change.remove;
      if (first === undefined) return;
      notify.done(`Deleted tag ${isolated(first)}.`, { undoes: outcome.value.changeSetId });
    },
    async accept({ deviceId: id, observedAt }, paths) {
      const outcome = await attempt(client.devices.accept({ id, observedAt, paths: [...paths] }));
      if (outcome.ok) {
        const facts = formatCount(outcome.value.accepted, 'fact');
        notify.done(`Accepted ${facts}.`, { undoes: outcome.value.changeSetId });
      } else if (outcome.failure.code === 'CHANGED_SINCE') {
        await comparison(id).reload();
        return { ok: false, failure: readSince(outcome.failure) };
      }
      return outcome;
    },
  };
}
