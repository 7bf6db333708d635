import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../shared/model/errors.ts';
import { type RunningHost, runHost } from './host-runner.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

class FakeParent extends EventEmitter {
  readonly told: unknown[] = [];
  postMessage(message: unknown): void {
    this.told.push(message);
  }
  say(data: unknown, ports: string[] = []): void {
    this.emit('message', { data, ports });
  }
}

function run(start?: () => Promise<RunningHost<string>>, close = async () => {}) {
  const parent = new FakeParent();
  const connected: string[] = [];
  const exits: number[] = [];
  const log: string[] = [];
  const counts = { closes: 0 };
  const host: RunningHost<string> = {
    connectPort: (port) => void connected.push(port),
    close: () => {
      counts.closes += 1;
      return close();
    },
  };
  let terminate = () => {};
  const started = runHost<string>({
    parent,
    start: start ?? (async () => host),
    onTerminate: (listener) => {
      terminate = listener;
    },
    exit: (code) => exits.push(code),
    log: (line) => log.push(line),
  });
  return { parent, host, connected, exits, log, counts, started, terminate: () => terminate() };
}

describe('starting', () => {
  it('says ready once the host is there', async () => {
    let finish: (host: RunningHost<string>) => void = () => {};
    const one = run(() => new Promise((resolve) => (finish = resolve)));
    await settle();
    expect(one.parent.told).toEqual([]);
    finish(one.host);
    await one.started;
    expect(one.parent.told).toEqual([{ type: 'ready' }]);
  });

  it('says why it cannot start and what to do, and waits to be ended', async () => {
    const { started, parent, exits } = run(async () => {
      throw new RackhelmError('DATA_NEWER', 'This database is of a newer Rackhelm.');
    });
    await started;
    expect(parent.told).toEqual([
      {
        type: 'failed',
        code: 'DATA_NEWER',
        message: 'This database is of a newer Rackhelm.',
        hint: 'Use the newer Rackhelm that wrote it, or another --data directory.',
      },
    ]);
    expect(exits).toEqual([]);
  });

  it('turns an unforeseen failure into a sentence too', async () => {
    const { started, parent } = run(async () => {
      throw new TypeError('x is not a function');
    });
    await started;
    expect(parent.told).toMatchObject([
      { type: 'failed', code: 'INTERNAL', message: expect.stringContaining('x is not a function') },
    ]);
  });
});

describe('running', () => {
  it('connects every port that comes', async () => {
    const { started, parent, connected } = run();
    await started;
    parent.say({ type: 'port' }, ['first']);
    parent.say({ type: 'port' }, ['second']);
    await settle();
    expect(connected).toEqual(['first', 'second']);
  });

  it.each([null, 'shutdown', { type: 'unknown' }, {}])(
    'passes over the message %j',
    async (data) => {
      const { started, parent, connected, exits, log } = run();
      await started;
      parent.say(data, ['port']);
      await settle();
      expect([connected, exits]).toEqual([[], []]);
      expect(log).toHaveLength(1);
    },
  );
});

describe('ending', () => {
  it.each(['shutdown', 'SIGTERM'])('closes the host before it exits on %s', async (by) => {
    let finish = () => {};
    const one = run(undefined, () => new Promise<void>((resolve) => (finish = resolve)));
    await one.started;
    if (by === 'SIGTERM') one.terminate();
    else one.parent.say({ type: 'shutdown' });
    await settle();
    expect([one.counts.closes, one.exits]).toEqual([1, []]);
    finish();
    await settle();
    expect(one.exits).toEqual([0]);
  });

  it('closes once when it is asked twice', async () => {
    const { started, parent, terminate, counts, exits } = run();
    await started;
    parent.say({ type: 'shutdown' });
    terminate();
    await settle();
    expect([counts.closes, exits]).toEqual([1, [0]]);
  });

  it('exits with 1 and a line when closing fails', async () => {
    const { started, parent, exits, log } = run(undefined, async () => {
      throw new Error('disk full');
    });
    await started;
    parent.say({ type: 'shutdown' });
    await settle();
    expect(exits).toEqual([1]);
    expect(log).toEqual([expect.stringContaining('disk full')]);
  });

  it('exits after a failed start when it is asked', async () => {
    const { started, parent, exits } = run(async () => {
      throw new Error('no');
    });
    await started;
    parent.say({ type: 'shutdown' });
    await settle();
    expect(exits).toEqual([0]);
  });
});
