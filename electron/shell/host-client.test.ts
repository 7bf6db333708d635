import type { MessagePortMain } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHostChild, FakePage, fakePort } from './fake-electron.ts';
import { closeTimeoutMs, HostClient } from './host-client.ts';
import type { StartFailure } from './host-messages.ts';

const readOnly: StartFailure = {
  type: 'failed',
  code: 'DATA_READ_ONLY',
  message: 'The data directory cannot be written.',
  hint: 'Give yourself write permission.',
};

const noHint = { type: 'failed', code: 'INTERNAL', message: 'It did not start.' };

function setUp() {
  const children: FakeHostChild[] = [];
  const channels: { port1: MessagePortMain; port2: MessagePortMain }[] = [];
  const failures: StartFailure[] = [];
  const crashes: { exitCode: number; mayRestart: boolean }[] = [];
  const log: string[] = [];
  const person = { saysStart: true, quits: 0 };
  const client = new HostClient({
    fork: () => {
      const child = new FakeHostChild();
      children.push(child);
      return child;
    },
    createChannel: () => {
      const name = `channel ${channels.length}`;
      const channel = { port1: fakePort(`${name} host`), port2: fakePort(`${name} page`) };
      channels.push(channel);
      return channel;
    },
    askAfterFailure: async (failure) => {
      failures.push(failure);
      return person.saysStart;
    },
    askAfterCrash: async (crash) => {
      crashes.push(crash);
      return person.saysStart;
    },
    askKeyStore: async ({ text }) => ({ ok: true, text: text.toUpperCase() }),
    quit: () => {
      person.quits += 1;
    },
    log: (line) => log.push(line),
  });
  const child = (index: number): FakeHostChild => {
    const found = children[index];
    if (found === undefined) throw new Error(`The host was not started ${index + 1} times.`);
    return found;
  };
  client.start();
  return { client, child, children, channels, failures, crashes, log, person };
}

/** Lets the answered question take effect. */
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('handing a port over', () => {
  it('gives one end to the host and the other to the page', () => {
    const { client, child, channels } = setUp();
    const page = new FakePage();
    child(0).tell({ type: 'ready' });
    client.connect(page);
    expect(child(0).received).toEqual([{ message: { type: 'port' }, ports: [channels[0]?.port1] }]);
    expect(page.received).toMatchObject([
      { channel: 'rackhelm:port', ports: [channels[0]?.port2] },
    ]);
  });

  it('waits until the host is ready', () => {
    const { client, child } = setUp();
    const page = new FakePage();
    client.connect(page);
    expect([child(0).received, page.received]).toEqual([[], []]);
    child(0).tell({ type: 'ready' });
    expect(page.received).toHaveLength(1);
  });

  it('gives a reloaded page a channel of its own', () => {
    const { client, child, channels } = setUp();
    child(0).tell({ type: 'ready' });
    const page = new FakePage();
    client.connect(page);
    client.connect(page);
    expect(channels).toHaveLength(2);
    expect(page.received.map(({ ports }) => ports[0])).toEqual(channels.map((one) => one.port2));
  });

  it('sends nothing to a page that is gone', () => {
    const { client, child, channels } = setUp();
    const page = new FakePage();
    client.connect(page);
    page.destroyed = true;
    child(0).tell({ type: 'ready' });
    expect([channels, page.received]).toEqual([[], []]);
  });

  it.each([null, 'ready', { type: 'unknown' }, { type: 'failed' }, noHint])(
    'is not moved by the message %j',
    (message) => {
      const { client, child, log, failures } = setUp();
      const page = new FakePage();
      client.connect(page);
      child(0).tell(message);
      expect([page.received, failures]).toEqual([[], []]);
      expect(log).toHaveLength(1);
    },
  );
});

describe('a question for the key store', () => {
  const question = { type: 'key-store', id: 7, ask: 'seal', text: 'x' };

  it('is answered by its number', async () => {
    const { child } = setUp();
    child(0).tell(question);
    await settle();
    const answer = { type: 'key-store', id: 7, outcome: { ok: true, text: 'X' } };
    expect(child(0).received).toEqual([{ message: answer, ports: [] }]);
  });

  it('of a host that ended meanwhile is answered to nobody', async () => {
    const { child } = setUp();
    child(0).tell(question);
    child(0).end(1);
    await settle();
    expect(child(0).received).toEqual([]);
    expect(child(1).received).toEqual([]);
  });
});

describe('a host that cannot start', () => {
  it('is shown once with its sentence and hint, and not taken for a crash', async () => {
    const { child, failures, crashes, person } = setUp();
    person.saysStart = false;
    child(0).tell(readOnly);
    child(0).end(0);
    await settle();
    expect(failures).toEqual([readOnly]);
    expect(crashes).toEqual([]);
    expect(child(0).killed).toBe(true);
    expect(person.quits).toBe(1);
  });

  it('is tried again when the person says so, and the waiting page is connected', async () => {
    const { client, child, children, person } = setUp();
    const page = new FakePage();
    client.connect(page);
    child(0).tell(readOnly);
    await settle();
    child(0).end(0);
    child(1).tell({ type: 'ready' });
    expect(children).toHaveLength(2);
    expect(page.received).toHaveLength(1);
    expect(person.quits).toBe(0);
  });
});

describe('a host that crashes', () => {
  it('is started again after a yes, and the page that asks gets one port to the new one', async () => {
    const { client, child, channels, crashes } = setUp();
    const page = new FakePage();
    child(0).tell({ type: 'ready' });
    client.connect(page);
    child(0).end(139);
    client.connect(page);
    await settle();
    expect(page.received).toHaveLength(1);
    child(1).tell({ type: 'ready' });
    expect(crashes).toEqual([{ exitCode: 139, mayRestart: true }]);
    expect(child(1).received).toEqual([{ message: { type: 'port' }, ports: [channels[1]?.port1] }]);
    expect(page.received).toHaveLength(2);
  });

  it('makes no channel for a page that has not asked again', async () => {
    const { client, child, channels } = setUp();
    child(0).tell({ type: 'ready' });
    client.connect(new FakePage());
    child(0).end(1);
    await settle();
    child(1).tell({ type: 'ready' });
    expect([channels.length, child(1).received]).toEqual([1, []]);
  });

  it('ends the app after a no', async () => {
    const { child, children, person } = setUp();
    person.saysStart = false;
    child(0).end(1);
    await settle();
    expect([children.length, person.quits]).toEqual([1, 1]);
  });

  it('is started three times within a minute and not a fourth, whatever the person says', async () => {
    const { child, children, crashes, person } = setUp();
    for (const index of [0, 1, 2, 3]) {
      child(index).end(1);
      await settle();
    }
    expect(crashes.map((crash) => crash.mayRestart)).toEqual([true, true, true, false]);
    expect([children.length, person.quits]).toEqual([4, 1]);
  });

  it('may be started again once the restarts lie a minute back', async () => {
    const { child, crashes } = setUp();
    for (const index of [0, 1, 2]) {
      child(index).end(1);
      await settle();
    }
    await vi.advanceTimersByTimeAsync(60_000);
    child(3).end(1);
    await settle();
    expect(crashes.at(-1)?.mayRestart).toBe(true);
    expect(() => child(4)).not.toThrow();
  });

  it('does not end the main process with an error event', () => {
    const { child, log } = setUp();
    expect(() => child(0).emit('error', 'FatalError', 'v8.cc')).not.toThrow();
    expect(log).toEqual(['The host met a FatalError at v8.cc.']);
  });
});

describe('closing', () => {
  it('asks the host and waits for its end, however often it is asked', async () => {
    const { client, child, crashes } = setUp();
    child(0).tell({ type: 'ready' });
    const closed = vi.fn();
    void client.close().then(closed);
    void client.close().then(closed);
    await vi.advanceTimersByTimeAsync(closeTimeoutMs - 1);
    expect(closed).not.toHaveBeenCalled();
    expect(child(0).types).toEqual(['shutdown']);
    child(0).end(0);
    await settle();
    expect(closed).toHaveBeenCalledTimes(2);
    expect([child(0).killed, client.running, crashes]).toEqual([false, false, []]);
  });

  it('kills a host that does not end in time', async () => {
    const { client, child } = setUp();
    const closed = vi.fn();
    void client.close().then(closed);
    await vi.advanceTimersByTimeAsync(closeTimeoutMs);
    expect(closed).toHaveBeenCalledOnce();
    expect([child(0).killed, client.running]).toEqual([true, false]);
  });

  it('hands no port to a page that asks too late', () => {
    const { client, child } = setUp();
    child(0).tell({ type: 'ready' });
    void client.close();
    const page = new FakePage();
    client.connect(page);
    expect(page.received).toEqual([]);
  });

  it('starts nothing new when the answer to a crash comes after it', async () => {
    const { client, child, children } = setUp();
    child(0).end(1);
    await client.close();
    await settle();
    expect(children).toHaveLength(1);
  });

  it('does not ask about a start that fails while the app closes', async () => {
    const { client, child, failures } = setUp();
    const closing = client.close();
    child(0).tell(readOnly);
    await closing;
    expect(failures).toEqual([]);
  });
});
