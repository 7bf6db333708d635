import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  type LogChoice,
  logChoice,
  type PodLogEvent,
} from '../../../../../shared/cluster/pods/pod-log.ts';
import { KubeError } from '../../../connections/kubernetes/index.ts';
import { FakePods, namespace, podObject } from '../trial/fake-pods.ts';
import { createLogs, type PodLogs } from './logs.ts';

let pods: FakePods;
let logs: PodLogs;
let leave: AbortController;

beforeEach(() => {
  pods = new FakePods();
  logs = createLogs({ clientOf: () => pods.client, idleMs: 50 });
  leave = new AbortController();
});
afterEach(() => {
  leave.abort();
  logs.close();
});

interface Asked extends Partial<LogChoice> {
  readonly kind?: string;
  readonly name?: string;
  readonly search?: string;
}

/** A window that looks at a log, and what it was told. */
function follow({ kind = 'deployments.apps', name = 'web', search = '', ...choice }: Asked = {}) {
  const texts: string[] = [];
  const states = new Map<string, string>();
  const events: PodLogEvent[] = [];
  const asked = { id: 'a', contextId: 'home', kind, namespace, name, search };
  const run = async () => {
    const all = logs.follow({ ...asked, ...logChoice.parse(choice) }, leave.signal);
    for await (const event of all) {
      events.push(event);
      if (event.type !== 'sources') texts.push(...event.lines.map(({ text }) => text));
      else
        for (const { pod, container, state, why } of event.sources)
          states.set(`${pod}/${container}`, why === null ? state : `${state}: ${why}`);
    }
  };
  const ended = run();
  ended.catch(() => {}); // whoever waits for it is told
  const until = (check: () => void) => vi.waitFor(check, { timeout: 8_000, interval: 20 });
  return { texts, states, events, ended, until };
}

it('tells what several containers of several pods said, in the order of time', async () => {
  pods.put(podObject('web-1', [{ name: 'app' }, { name: 'proxy' }]));
  pods.put(podObject('web-2'));
  pods.logs.say('web-1/app', 1, 'one');
  pods.logs.say('web-2/app', 2, 'two');
  pods.logs.say('web-1/proxy', 2.5, 'three');
  pods.logs.say('web-1/app', 4, 'four');
  const { texts, states, until } = follow();
  await until(() => expect(texts).toEqual(['one', 'two', 'three', 'four']));
  pods.logs.say('web-2/app', 5, 'five');
  await until(() => expect(texts.at(-1)).toBe('five'));
  await until(() =>
    expect(Object.fromEntries(states)).toEqual({
      'web-1/app': 'following',
      'web-1/proxy': 'following',
      'web-2/app': 'following',
    }),
  );
});

it('goes on where it was after a broken connection: nothing twice, nothing missing', async () => {
  pods.put(podObject('web-1'));
  for (const [at, text] of [
    [900, 'a'],
    [1_100, 'b'],
    [1_100.5, 'c'],
    [1_100.5, 'c'],
  ] as const)
    pods.logs.say('web-1/app', at, text);
  const { texts, until } = follow();
  await until(() => expect(texts).toEqual(['a', 'b', 'c', 'c']));
  await until(() => expect(pods.logs.connections).toBe(1));
  pods.logs.cut();
  // Of the same instant as the last one, and said while nobody was connected.
  pods.logs.say('web-1/app', 1_100.5, 'c');
  pods.logs.say('web-1/app', 1_200, 'd');
  await until(() => expect(texts).toEqual(['a', 'b', 'c', 'c', 'c', 'd']));
  expect(pods.logs.asked.at(-1)).toBe('web-1/app follow since 1100');
});

it('takes up pods that come, and says of those that go that they are gone', async () => {
  pods.put(podObject('web-1'));
  const { texts, states, until } = follow();
  await until(() => expect(states.get('web-1/app')).toBe('following'));
  pods.put(podObject('web-2', [{ name: 'app', state: 'waiting' }]));
  await until(() => expect(states.get('web-2/app')).toMatch(/^waiting/));
  pods.logs.say('web-2/app', 7, 'here I am');
  pods.put(podObject('web-2'));
  await until(() => expect(texts).toEqual(['here I am']));
  pods.delete('web-1');
  pods.logs.cut('end');
  await until(() => expect(states.get('web-1/app')).toBe('ended: the pod is gone'));
});

it('goes on with the client that its context has by then, once the one before was closed', async () => {
  pods.put(podObject('web-1'));
  pods.logs.say('web-1/app', 1, 'one');
  const { texts, states, until } = follow();
  await until(() => expect(texts).toEqual(['one']));
  const before = pods;
  pods = new FakePods();
  pods.put(podObject('web-1'));
  pods.put(podObject('web-2'));
  pods.logs.say('web-1/app', 1, 'one');
  pods.logs.say('web-1/app', 2, 'two');
  pods.logs.say('web-2/app', 3, 'three');
  before.close();
  await until(() => expect(texts).toEqual(['one', 'two', 'three']));
  expect(states.get('web-2/app')).toBe('following');
});

it('goes on from the end where a printer is faster than anybody can read, and says so', async () => {
  logs.close();
  logs = createLogs({ clientOf: () => pods.client, pace: { lines: 20, characters: 1_000_000 } });
  pods.put(podObject('web-1'));
  // The later ones are older than what comes at the same moment should be.
  const at = (n: number) => (n < 10 ? 60_000 + n : n);
  for (let n = 0; n < 30; n += 1) pods.logs.say('web-1/app', at(n), 'again');
  pods.logs.fault = (key) => {
    if (pods.logs.asked.length > 1) pods.logs.tidy(key);
    return null;
  };
  const { texts, until } = follow();
  const gap = 'It came faster than it could be read: lines are left out here';
  await until(() => expect(texts).toContain(gap));
  await until(() => expect(pods.logs.asked.length).toBeGreaterThan(1));
  pods.logs.say('web-1/app', 70_000, 'the end');
  await until(() => expect(texts.at(-1)).toBe('the end'));
});

it('shows what escapes, controls and marks would have done as nothing', async () => {
  pods.put(podObject('web-1'));
  pods.logs.say('web-1/app', 1, '\u001b[31mred\u001b[0m \u001b]52;c;ZXZpbA==\u0007and \u202eback');
  pods.logs.say('web-1/app', 2, 'x'.repeat(16_000));
  const { texts, events, until } = follow();
  await until(() => expect(texts).toHaveLength(2));
  expect(texts[0]).toBe('red and back');
  expect(texts[1]).toHaveLength(8_192);
  expect(events[0]).toMatchObject({ lines: [{ cut: false }, { cut: true }] });
});

it('searches where it is held, in what was and in what comes', async () => {
  pods.put(podObject('web-1'));
  for (let n = 0; n < 400; n += 1) pods.logs.say('web-1/app', n, `request ${n}`);
  const { texts, until } = follow({ search: 'REQUEST 39' });
  await until(() => expect(texts).toHaveLength(11));
  pods.logs.say('web-1/app', 401, 'other');
  pods.logs.say('web-1/app', 402, 'Request 39x');
  await until(() => expect(texts.at(-1)).toBe('Request 39x'));
  const found = await logs.read({ id: 'a', before: 100, search: 'request', limit: 5 });
  expect(found.lines.map(({ seq }) => seq)).toEqual([95, 96, 97, 98, 99]);
  expect(found.more).toBe(true);
});

it('is held for a while for who comes back, and then let go', async () => {
  pods.put(podObject('web-1'));
  pods.logs.say('web-1/app', 1, 'one');
  const first = follow();
  await first.until(() => expect(first.texts).toEqual(['one']));
  leave.abort();
  await first.ended;
  leave = new AbortController();
  const second = follow({ search: 'one' });
  await second.until(() => expect(second.texts).toEqual(['one']));
  expect(pods.logs.asked).toHaveLength(1);
  leave.abort();
  await second.until(() => expect(pods.logs.connections).toBe(0));
  await expect(logs.read({ id: 'a', before: null, search: '', limit: 5 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

it('reads what a container said before its last restart, and ends', async () => {
  pods.put(podObject('web-1', [{ name: 'app', restarts: 1 }, { name: 'proxy' }]));
  pods.logs.say('web-1/app previous', 1, 'out of memory');
  const none = new KubeError('KUBE_INVALID', 'previous terminated container "proxy" not found');
  pods.logs.fault = (key) => (key.startsWith('web-1/proxy') ? none : null);
  const { texts, states, ended } = follow({ previous: true });
  await ended;
  expect(texts).toEqual(['out of memory']);
  expect(Object.fromEntries(states)).toEqual({
    'web-1/app': 'ended',
    'web-1/proxy': 'failed: it did not run before',
  });
});

it('says in words what a user may not, and reads on what else there is', async () => {
  pods.put(podObject('web-1'));
  pods.put(podObject('web-2'));
  pods.logs.say('web-2/app', 1, 'two');
  const forbidden = new KubeError('KUBE_FORBIDDEN', 'It says: no.', { status: 403 });
  pods.logs.fault = (key) => (key.startsWith('web-1') ? forbidden : null);
  const { texts, states, until } = follow();
  await until(() => expect(texts).toEqual(['two']));
  await until(() =>
    expect(states.get('web-1/app')).toBe(
      'failed: This user may not read logs in the namespace web. It says: no.',
    ),
  );
  pods.refused = forbidden;
  const { ended } = follow({ tail: 1 });
  await expect(ended).rejects.toMatchObject({
    code: 'KUBE_FORBIDDEN',
    hint: 'A role in web has to allow get, list and watch on pods; or use another context.',
  });
});

it('has no pods where a service picks none, and says so of what cannot have any', async () => {
  pods.put(podObject('web-1'));
  const { events, until } = follow({ kind: 'services', name: 'nothing' });
  await until(() => expect(events.at(-1)).toEqual({ type: 'sources', sources: [], more: 0 }));
  const { ended } = follow({ kind: 'configmaps' });
  await expect(ended).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
