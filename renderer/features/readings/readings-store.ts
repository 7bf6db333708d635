import type { InferClientInputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import type { JobSummary } from '../../../shared/jobs/job.ts';
import { isUnderWay } from '../../../shared/jobs/job-state.ts';
import type { ReadingSchedule } from '../../../shared/model/readings.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { toFailure } from '../../rpc/failure.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';

export type RefreshScope = InferClientInputs<Client>['machines']['refresh'];

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface ReadingsState {
  /** Devices that this window reads now, each alone. */
  readonly busy: ReadonlySet<string>;
}

/** An attempt that goes on in a dialog, from the event that a person has to see. */
export interface HandedOver {
  readonly device: Named;
  readonly attemptId: string;
  readonly first: AttemptEvent;
  readonly rest: AsyncIterator<AttemptEvent>;
  readonly leave: AbortController;
}

export interface ReadingsStore {
  readonly store: StoreApi<ReadingsState>;
  /** In place: a dialog opens only where there is something to answer. */
  refresh(device: Named): Promise<void>;
  /** Many at once, without questions; the result is told when all are through. */
  refreshMany(scope: RefreshScope): Promise<void>;
  /** Told of each job, to know when one that was begun here has ended. */
  take(job: JobSummary): void;
  readonly schedule: Resource<ReadingSchedule>;
  /** Null turns it off. */
  setSchedule(everyMinutes: number | null): Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
  /** Opens the dialog in which it goes on. */
  readonly handOver: (what: HandedOver) => void;
}

export function createReadingsStore({ client, pool, notify, handOver }: Needs): ReadingsStore {
  const store = createStore<ReadingsState>(() => ({ busy: new Set() }));
  const begun = new Set<string>();
  const schedule = pool.create((signal) => client.machines.schedule(undefined, { signal }));

  function setBusy(id: string, on: boolean): void {
    const busy = new Set(store.getState().busy);
    if (on) busy.add(id);
    else busy.delete(id);
    store.setState({ busy });
  }

  /** Null: it goes on in the dialog. */
  async function follow(device: Named): Promise<AttemptEvent | null> {
    const attemptId = crypto.randomUUID();
    const leave = new AbortController();
    const input = { attemptId, deviceId: device.id };
    const events = await client.machines.connect(input, { signal: leave.signal });
    const rest = events[Symbol.asyncIterator]();
    const said: AttemptEvent[] = [];
    for (;;) {
      const { value, done } = await rest.next();
      if (done) throw new Error('The connection to the host ended before the machine answered.');
      if (value.type === 'recorded') return value;
      if (value.type === 'failed' && !wantsDialog(value)) return value;
      if (value.type === 'step' && value.step !== 'wait') {
        if (value.says !== undefined) said.push(value);
        continue;
      }
      // What the machine said before belongs to what a person is asked for now.
      const [first = value, ...more] = [...said, value];
      handOver({ device, attemptId, first, rest: after(more, rest), leave });
      return null;
    }
  }

  return {
    store,
    async refresh(device) {
      if (store.getState().busy.has(device.id)) return;
      setBusy(device.id, true);
      try {
        const event = await follow(device);
        if (event?.type === 'recorded') notify.done(recordedText(device.name, event.differences));
        if (event?.type === 'failed') {
          notify.failed({ code: event.code, message: event.message, ...event.error });
        }
      } catch (error) {
        notify.failed(toFailure(error));
      } finally {
        setBusy(device.id, false);
      }
    },
    async refreshMany(scope) {
      const outcome = await attempt(client.machines.refresh(scope));
      if (!outcome.ok) return notify.failed(outcome.failure);
      const { jobId, devices, withoutSsh } = outcome.value;
      if (jobId === null) return notify.failed(nothingToRead(withoutSsh));
      begun.add(jobId);
      const left =
        withoutSsh === 0
          ? ''
          : ` ${withoutSsh.toLocaleString('en')} without an SSH host are left out.`;
      notify.done(`Reading ${formatCount(devices, 'device')}.${left}`);
    },
    schedule,
    async setSchedule(everyMinutes) {
      const outcome = await attempt(client.machines.setSchedule({ everyMinutes }));
      if (!outcome.ok) notify.failed(outcome.failure);
      await schedule.reload();
    },
    take({ id, state, lastLine }) {
      if (isUnderWay(state) || !begun.delete(id)) return;
      // The host's own words; there is no other sign that some of many failed, or all.
      if (state.state === 'failed') notify.failed({ ...state.error, data: {} });
      else if (lastLine !== null)
        notify.done(lastLine, { partly: /could not be read/.test(lastLine) });
    },
  };
}

/** Where nothing leads to the machine, the dialog offers what would. */
function wantsDialog(event: Extract<AttemptEvent, { type: 'failed' }>): boolean {
  return event.error.data.field === 'sshHost';
}

function recordedText(name: string, differences: number): string {
  const agreement =
    differences === 0
      ? 'It agrees with what is declared.'
      : `${formatCount(differences, 'difference')} to what is declared.`;
  return `Read ${isolated(name)}. ${agreement}`;
}

function nothingToRead(withoutSsh: number) {
  const message =
    withoutSsh === 0
      ? 'There is no device to read.'
      : 'None of these devices has an SSH host to connect to.';
  return {
    code: 'NOTHING_TO_READ',
    message,
    hint: 'Name the SSH host of a device under Details, or add a machine over SSH.',
    data: {},
  };
}

async function* after(
  first: readonly AttemptEvent[],
  rest: AsyncIterator<AttemptEvent>,
): AsyncGenerator<AttemptEvent, void, void> {
  yield* first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
