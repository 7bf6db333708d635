import { expect, it } from 'vitest';
import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import type { JobSummary } from '../../../shared/jobs/job.ts';
import type { Client } from '../../rpc/client.ts';
import type { Failure } from '../../rpc/failure.ts';
import { createResourcePool } from '../../rpc/resource.ts';
import { createReadingsStore, type HandedOver } from './readings-store.ts';

const device = { id: 'd1', name: 'pi-1' };
const step: AttemptEvent = { type: 'step', step: 'connect', text: 'Connecting.', at: 1 };

function harness(events: readonly AttemptEvent[], started: object = {}) {
  const done: string[] = [];
  const failed: Failure[] = [];
  const handedOver: HandedOver[] = [];
  let connections = 0;
  const machines = {
    async connect() {
      connections += 1;
      return (async function* () {
        yield* events;
      })();
    },
    refresh: async () => ({ jobId: 'a1', devices: 9, withoutSsh: 0, ...started }),
  };
  const store = createReadingsStore({
    client: { machines } as unknown as Client, // what it calls
    pool: createResourcePool(),
    notify: {
      done: (text, options) => void done.push(options?.partly ? `Partly: ${text}` : text),
      failed: (failure) => void failed.push(failure),
      outdated: () => {},
    },
    handOver: (what) => void handedOver.push(what),
  });
  return { store, done, failed, handedOver, connections: () => connections };
}

// What the dialog would show is no part of this.
const recorded = { type: 'recorded', deviceId: 'd1', differences: 2 } as AttemptEvent;

it('reads a device in place, and tells what came of it without a dialog', async () => {
  const { store, done, handedOver } = harness([step, recorded]);
  const reading = store.refresh(device);
  expect(store.store.getState().busy.has('d1')).toBe(true);
  await reading;
  expect(store.store.getState().busy.size).toBe(0);
  expect(done).toEqual([expect.stringContaining('2 differences to what is declared.')]);
  expect(handedOver).toEqual([]);
});

it('reads no device twice at once', async () => {
  const { store, connections } = harness([recorded]);
  await Promise.all([store.refresh(device), store.refresh(device)]);
  expect(connections()).toBe(1);
});

it('tells a failure in a notice', async () => {
  const error = { hint: 'Check it.', data: {} };
  const event: AttemptEvent = { type: 'failed', code: 'SSH_REFUSED', message: 'No.', error };
  const { store, failed } = harness([step, event]);
  await store.refresh(device);
  expect(failed).toEqual([{ code: 'SSH_REFUSED', message: 'No.', ...error }]);
});

it('goes on in a dialog where there is something to answer, and loses no event', async () => {
  const question = {
    type: 'question',
    questionId: 'q1',
    question: {
      kind: 'password',
      user: 'root',
      host: 'pi-1',
      address: 'pi-1',
      port: 22,
      through: [],
      attempt: 1,
    },
  } as const satisfies AttemptEvent;
  const { store, done, handedOver } = harness([step, question, recorded]);
  await store.refresh(device);
  expect(store.store.getState().busy.size).toBe(0);
  expect(done).toEqual([]);
  const [what] = handedOver;
  expect(what?.first).toBe(question);
  expect(await what?.rest.next()).toEqual({ done: false, value: recorded });
});

const job: JobSummary = {
  id: 'a1',
  kind: 'refresh',
  title: 'Refresh 9 devices',
  state: { state: 'done', startedAt: 1, endedAt: 2 },
  createdAt: 1,
  who: 'ada',
  by: 'window',
  devices: [],
  deviceCount: 1,
  steps: { done: 1, total: 1 },
  progress: null,
  undoable: false,
  lastLine: 'Read 7 devices. 2 could not be read.',
};

it('tells the result of many once they are through, and only of those begun here', async () => {
  const { store, done } = harness([]);
  await store.refreshMany({ all: true });
  expect(done).toEqual(['Reading 9 devices.']);
  store.take({ ...job, id: 'another' });
  store.take({ ...job, state: { state: 'running', startedAt: 1 } });
  store.take(job);
  store.take(job);
  expect(done.slice(1)).toEqual(['Partly: Read 7 devices. 2 could not be read.']);
});

it('tells as a failure that not one of them was read, with what the person can do', async () => {
  const { store, done, failed } = harness([]);
  await store.refreshMany({ all: true });
  const error = { code: 'STEP_NOT_DONE', message: 'pi-1 refused.', hint: 'Start sshd.' };
  store.take({ ...job, state: { state: 'failed', startedAt: 1, endedAt: 2, error } });
  expect(failed).toEqual([{ ...error, data: {} }]);
  expect(done).toEqual(['Reading 9 devices.']);
});

it('says so where none of them can be read', async () => {
  const { store, failed } = harness([], { jobId: null, devices: 0, withoutSsh: 3 });
  await store.refreshMany({ all: true });
  expect(failed[0]?.message).toContain('SSH host');
});
