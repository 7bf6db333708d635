import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HostState } from '../host-state.ts';
import { findInstallation } from '../installation.ts';
import { type Encoded, type Line, serveLine } from './line.ts';

let folder: string;
let host: HostState;
const reported: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-line-'));
  reported.length = 0;
  host = new HostState({
    ...findInstallation(import.meta.dirname),
    dataDirectory: folder,
    shell: 'browser',
    report: (error) => reported.push(error),
  });
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

/** A client's line that takes what is sent only when told to: no real socket can be held so still. */
function slowLine() {
  const sent: Encoded[] = [];
  let take: (() => void)[] = [];
  let message: (message: unknown) => void = () => {};
  let closed = 0;
  const line: Line = {
    send: (answer) => {
      sent.push(answer);
      return new Promise((resolve) => take.push(resolve));
    },
    onMessage: (listener) => {
      message = listener;
    },
    onClose: () => {},
    close: () => {
      closed += 1;
    },
  };
  serveLine(line, host);
  return {
    sent,
    ask: (id: string) => message(JSON.stringify({ i: id, p: { u: '/system/info' } })),
    say: (text: string) => message(text),
    takeAll: () => {
      const taken = take;
      take = [];
      for (const resolve of taken) resolve();
    },
    closed: () => closed,
  };
}

/** Long enough for everything that can go on to have gone on. */
const settle = async () => {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

it('holds few answers for a client that does not read, and gives all to one that reads late', async () => {
  const line = slowLine();
  for (let count = 0; count < 300; count += 1) line.ask(`call-${count}`);
  await settle();
  expect(line.sent.length).toBe(16);
  for (let round = 0; round < 30; round += 1) {
    line.takeAll();
    await settle();
  }
  expect(line.sent.length).toBe(300);
  expect(line.closed()).toBe(0);
});

it('cuts a client off that asks without end and reads nothing', async () => {
  const line = slowLine();
  for (let count = 0; count < 2_000; count += 1) line.ask(`call-${count}`);
  await settle();
  expect(line.closed()).toBe(1);
  expect(reported).toHaveLength(1);
});

it('cuts a client off whose waiting requests would fill the memory', async () => {
  const line = slowLine();
  const huge = 'x'.repeat(8 * 1024 * 1024);
  for (let count = 0; count < 40; count += 1) line.ask(`call-${count}`);
  for (let count = 0; count < 20; count += 1) {
    line.say(JSON.stringify({ i: `huge-${count}`, p: { u: '/system/info', b: huge } }));
  }
  await settle();
  expect(line.closed()).toBe(1);
});

it('cuts a client off that keeps sending what cannot be read, and reports no more of it', async () => {
  const line = slowLine();
  for (let count = 0; count < 10_000; count += 1) line.say('no json');
  await settle();
  expect(line.closed()).toBe(1);
  expect(reported.length).toBeLessThan(30);
});

it('keeps serving one that sent a single bad message', async () => {
  const line = slowLine();
  line.say('no json');
  line.ask('after');
  await settle();
  expect(line.sent.length).toBe(1);
  expect(line.closed()).toBe(0);
});
