import { expect, it, vi } from 'vitest';
import type { PodLogEvent, PodLogLine } from '../../../../../shared/cluster/pods/pod-log.ts';
import { mostLines } from '../../../../ui/log-view/log-entries.ts';
import { createPodLogStore } from './pod-log-store.ts';

const line = (seq: number, text = `line ${seq}`): PodLogLine => ({
  ...{ seq, at: seq, source: 0, kind: 'line', text, cut: false },
});

/** A host that says what a test says, and frames that are drawn by hand. */
function setUp(held: readonly PodLogLine[] = []) {
  const frames: (() => void)[] = [];
  const asked: { id: string; search: string }[] = [];
  let say: (event: PodLogEvent) => void = () => {};
  const follow = async (
    input: { id: string; search?: string },
    { signal }: { signal: AbortSignal },
  ) => {
    asked.push({ id: input.id, search: input.search ?? '' });
    const events: PodLogEvent[] = [{ type: 'start', lines: held.slice(-2), earlier: true }];
    let wake = () => {};
    say = (event) => {
      events.push(event);
      wake();
    };
    return (async function* () {
      while (!signal.aborted) {
        const next = events.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    })();
  };
  const read = async ({ before, limit = 10 }: { before: number | null; limit?: number }) => {
    const of = held.filter(({ seq }) => before === null || seq < before);
    return { lines: of.slice(-limit), more: of.length > limit };
  };
  const store = createPodLogStore({
    logs: { follow, read },
    view: { setTimeout: (() => 0) as unknown as Window['setTimeout'] }, // nothing breaks here
    onFrame: (draw) => void frames.push(draw),
  });
  const of = { kind: 'pods', namespace: 'web', name: 'web-1', contextId: 'home' };
  const leave = store.open({ ...of, containers: [], previous: false });
  const state = () => store.store.getState();
  const keys = () => state().entries.map(({ key }) => key);
  const drawFrame = () => {
    for (const draw of frames.splice(0)) draw();
  };
  const lines = async (from: number, to: number, skipped = 0) => {
    const all = Array.from({ length: to - from + 1 }, (_, n) => line(from + n));
    say({ type: 'lines', lines: all, skipped });
    await vi.waitFor(() => expect(frames.length + state().missed).toBeGreaterThan(0));
  };
  return { store, state, keys, drawFrame, lines, leave, asked };
}

const ready = ({ state }: ReturnType<typeof setUp>) =>
  vi.waitFor(() => expect(state().status).toBe('ready'));

it('shows what is there, then what comes, once a frame', async () => {
  const bed = setUp([line(1), line(2)]);
  await ready(bed);
  await bed.lines(3, 4);
  expect(bed.keys()).toEqual([1, 2]);
  bed.drawFrame();
  expect(bed.keys()).toEqual([1, 2, 3, 4]);
});

it('holds no more than its bound, and says where lines were left out', async () => {
  const bed = setUp([]);
  await ready(bed);
  await bed.lines(1_001, 1_010, 1_000);
  bed.drawFrame();
  expect(bed.state().entries[0]).toMatchObject({ key: 1_000.5, stream: 'gap' });
  await bed.lines(2_000, 2_000 + mostLines);
  bed.drawFrame();
  expect(bed.keys()).toHaveLength(mostLines);
});

it('counts while it is paused, and then begins from the end again', async () => {
  const bed = setUp([line(1), line(2)]);
  await ready(bed);
  bed.store.pause();
  await bed.lines(3, 7, 5);
  expect(bed.state().missed).toBe(10);
  expect(bed.keys()).toEqual([1, 2]);
  bed.store.goOn();
  expect(bed.state()).toMatchObject({ paused: false, missed: 0 });
  // The same log, which the host holds.
  expect(new Set(bed.asked.map(({ id }) => id)).size).toBe(1);
});

it('asks the host for what is searched, and for what was before', async () => {
  const bed = setUp([line(1), line(2), line(3), line(4)]);
  await ready(bed);
  expect(bed.keys()).toEqual([3, 4]);
  await bed.store.readEarlier();
  expect(bed.keys()).toEqual([1, 2, 3, 4]);
  expect(bed.state().earlier).toBe(false);
  bed.store.search('other');
  await vi.waitFor(() => expect(bed.asked.at(-1)?.search).toBe('other'));
});

it('reads all that is held, in order, and forgets it when it is left', async () => {
  const bed = setUp([line(1), line(2), line(3)]);
  await ready(bed);
  const all = await Array.fromAsync(bed.store.readAll());
  expect(all.flat().map(({ seq }) => seq)).toEqual([1, 2, 3]);
  bed.leave();
  expect(bed.state()).toMatchObject({ status: 'loading', entries: [] });
});
