import { describe, expect, it } from 'vitest';
import type { Lane, LaneEvents } from './foreign-file-lane.ts';
import { FileReader } from './foreign-file-reader.ts';
import type { FileRequest } from './foreign-file-request.ts';

/** Lanes in which files called `hung` never answer, and a lane that is given up never goes. */
class Lanes {
  readonly started: FileRequest[][] = [];
  dropped = 0;

  readonly start = (events: LaneEvents): Lane => {
    const asked: FileRequest[] = [];
    this.started.push(asked);
    queueMicrotask(() => events.onMessage({ kind: 'ready' }));
    return {
      ask: (request) => {
        asked.push(request);
        if (request.kind === 'read' && request.path !== 'hung')
          queueMicrotask(() => events.onMessage({ id: request.id, kind: 'glob', paths: ['read'] }));
      },
      hold: () => {},
      drop: () => {
        this.dropped += 1;
        return new Promise(() => {});
      },
    };
  };
}

const read = (path: string) => ({ kind: 'read' as const, path, maxBytes: 1 });

describe('FileReader', () => {
  it('reads one after the other in one lane', async () => {
    const lanes = new Lanes();
    const reader = new FileReader({ start: lanes.start });
    await Promise.all(Array.from({ length: 50 }, () => reader.ask(read('fine'), 5000)));
    expect(lanes.started).toHaveLength(1);
  });

  it('lets no file wait for another that hangs, and gives the hung one up', async () => {
    const lanes = new Lanes();
    const reader = new FileReader({ start: lanes.start });
    const hung = reader.ask(read('hung'), 1000);
    await expect(reader.ask(read('fine'), 5000)).resolves.toMatchObject({ kind: 'glob' });
    await expect(hung).resolves.toEqual({ kind: 'hung' });
    expect(lanes.dropped).toBe(1);
  });

  it('ends with the signal while the file system does not answer', async () => {
    const lanes = new Lanes();
    const reader = new FileReader({ start: lanes.start });
    const cancel = new AbortController();
    const hung = reader.ask(read('hung'), 60_000, cancel.signal);
    setTimeout(() => cancel.abort(new Error('enough')), 20);
    await expect(hung).rejects.toThrow('enough');
  });

  it('starts no more than a bounded number, however many hang', async () => {
    const lanes = new Lanes();
    const reader = new FileReader({ start: lanes.start });
    for (let round = 0; round < 20; round += 1)
      await Promise.all(Array.from({ length: 4 }, () => reader.ask(read('hung'), 5)));
    expect(lanes.started.length).toBeLessThanOrEqual(16);
    await expect(reader.ask(read('fine'), 5000)).resolves.toEqual({ kind: 'hung' });
  });

  it('takes a thread where no process can be started', async () => {
    const lanes = new Lanes();
    const failing = ({ onGone }: LaneEvents): Lane => {
      queueMicrotask(onGone);
      return { ask: () => {}, hold: () => {}, drop: async () => {} };
    };
    const reader = new FileReader({ start: failing, startFallback: lanes.start });
    await expect(reader.ask(read('fine'), 5000)).resolves.toMatchObject({ kind: 'glob' });
  });
});
