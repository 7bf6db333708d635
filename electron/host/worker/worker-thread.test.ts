import { spawnSync } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import type { OddJobs } from './odd-jobs-thread.ts';
import { threadEntry } from './thread-entry.ts';
import { WorkerThread } from './worker-thread.ts';

const threads: WorkerThread<OddJobs>[] = [];
afterEach(() => Promise.all(threads.splice(0).map((thread) => thread.close())));

function startable(options: { idleMs?: number; maxHeapMib?: number } = {}): WorkerThread<OddJobs> {
  const entry = threadEntry(import.meta.url, 'odd-jobs-thread');
  const thread = new WorkerThread<OddJobs>({ entry, task: 'The odd job', ...options });
  threads.push(thread);
  return thread;
}

it('answers from a thread of its own, one question after the other', async () => {
  const thread = startable();
  const answers = await Promise.all([1, 2, 3].map((value) => thread.run('double', value)));
  expect(answers).toEqual([2, 4, 6]);
  const ids = await Promise.all([thread.run('threadId', null), thread.run('threadId', null)]);
  expect(ids[0]).toBe(ids[1]);
});

it('hands parts over one by one, with room for others in between', async () => {
  const thread = startable();
  const seen: (number | string)[] = [];
  const answer = await thread.run('count', 3, {
    onPart: (part) => {
      seen.push(part);
      setImmediate(() => seen.push('other work'));
    },
  });
  expect(answer).toBe('counted');
  expect(seen).toEqual([0, 'other work', 1, 'other work', 2, 'other work']);
});

it('moves bytes instead of copying them where it may', async () => {
  const bytes = new Uint8Array(1_000_000);
  const transfer = [bytes.buffer];
  expect(await startable().run('sizeOf', bytes, { transfer })).toBe(1_000_000);
  expect(bytes.length).toBe(0);
});

it('brings errors back with code, sentence, hint and data', async () => {
  const thread = startable();
  await expect(thread.run('refuse', null)).rejects.toMatchObject({
    name: 'RackhelmError',
    code: 'NOT_FOUND',
    message: 'It is not there.',
    hint: 'Look.',
    data: { at: 1 },
  });
  const other = { name: 'TypeError', message: 'of another kind' };
  await expect(thread.run('throw', null)).rejects.toMatchObject(other);
  expect(await thread.run('double', 4)).toBe(8);
});

it('ends in the middle of its work when aborted, and answers the next from a fresh thread', async () => {
  const thread = startable();
  const started = new Int32Array(new SharedArrayBuffer(8));
  const cancel = new AbortController();
  const spinning = thread.run('spin', started, { signal: cancel.signal });
  const waiting = thread.run('double', 5);
  const { value } = Atomics.waitAsync(started, 0, 0);
  await value;
  cancel.abort(new Error('enough'));
  await expect(spinning).rejects.toThrow('enough');
  expect(await waiting).toBe(10);
  const before = Atomics.load(started, 1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(Atomics.load(started, 1)).toBe(before);
});

it('forgets a question that is aborted before its turn, and one that was before', async () => {
  const thread = startable();
  const cancel = new AbortController();
  const first = thread.run('count', 2);
  const second = thread.run('double', 1, { signal: cancel.signal });
  cancel.abort(new Error('not needed'));
  await expect(second).rejects.toThrow('not needed');
  await expect(thread.run('double', 1, { signal: cancel.signal })).rejects.toThrow('not needed');
  expect(await first).toBe('counted');
});

it.each([
  ['needs too much memory', 'hoard', true],
  ['ends by itself', 'exit', false],
  ['fails where nobody hears it', 'unheard', false],
] as const)(
  'fails its question alone when it %s',
  async (_, name, outOfMemory) => {
    const thread = startable({ maxHeapMib: 32 });
    const failing = thread.run(name, null);
    const next = thread.run('double', 6);
    await expect(failing).rejects.toMatchObject({ code: 'INTERNAL', data: { outOfMemory } });
    expect(await next).toBe(12);
  },
  30_000,
);

it('refuses what cannot be cloned and stays of use', async () => {
  const thread = startable();
  // What a caller that lies about its types would do.
  const input = (() => 1) as unknown as number;
  await expect(thread.run('double', input)).rejects.toThrow(/clone/);
  expect(await thread.run('double', 2)).toBe(4);
});

it('ends when idle and starts anew with the next question', async () => {
  const thread = startable({ idleMs: 20 });
  const first = await thread.run('threadId', null);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await thread.run('threadId', null)).not.toBe(first);
});

it('rejects what is open when it is closed, and everything after', async () => {
  const thread = startable();
  const open = thread.run('spin', new Int32Array(new SharedArrayBuffer(8)));
  const refused = expect(open).rejects.toMatchObject({ code: 'INTERNAL' });
  await thread.close();
  await refused;
  await expect(thread.run('double', 1)).rejects.toMatchObject({ code: 'INTERNAL' });
});

it.each([
  ['file:///a/host/facts/parser.ts', 'file:///a/host/facts/x.ts'],
  ['file:///a/out/main/cli.js', 'file:///a/out/main/x.js'],
  ['file:///a/out/main/chunks/session-1.js', 'file:///a/out/main/x.js'],
])('finds its entry from %s', (module, entry) => {
  expect(threadEntry(module, 'x').href).toBe(entry);
});

it('does not keep the process alive that has asked it', () => {
  const from = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const program = `
    const { WorkerThread } = await import(${from('./worker-thread.ts')});
    const entry = new URL(${from('./odd-jobs-thread.ts')});
    const thread = new WorkerThread({ entry, task: 'The odd job', idleMs: 60_000 });
    console.log(await thread.run('double', 21));`;
  const options = { encoding: 'utf8', timeout: 20_000 } as const;
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', program],
    options,
  );
  expect({ stdout, status }).toEqual({ stdout: '42\n', status: 0 });
}, 30_000);
