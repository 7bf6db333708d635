import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SystemEvent } from '../../shared/contract/system.ts';
import { HostState } from './host-state.ts';
import { findInstallation } from './installation.ts';

const installation = findInstallation(import.meta.dirname);
let folder: string;
let host: HostState;
let leave: AbortController;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-watch-'));
  host = new HostState({
    ...installation,
    dataDirectory: folder,
    shell: 'browser',
    report: (error) => {
      throw error;
    },
  });
  leave = new AbortController();
});
afterEach(async () => {
  leave.abort();
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that one window is told from now on. */
async function listen(): Promise<SystemEvent[]> {
  const heard: SystemEvent[] = [];
  const events = host.watch(leave.signal);
  const first = await events.next();
  expect(first.value).toEqual({ type: 'listening' });
  void (async () => {
    for await (const event of events) heard.push(event);
  })();
  return heard;
}

it('tells a window of a change at once, and of many that follow each other a few times only', async () => {
  const heard = await listen();
  const { devices } = host.ready().inventory;
  devices.create({ name: 'first', kind: 'sbc' });
  await pause(5);
  expect(heard.filter(({ type }) => type === 'inventory')).toHaveLength(1);
  const began = performance.now();
  for (let n = 0; n < 100; n += 1) {
    devices.create({ name: `pi-${n}`, kind: 'sbc' });
    await pause(1);
  }
  const tookMs = performance.now() - began;
  await pause(400);
  const told = heard.filter(({ type }) => type === 'inventory').length;
  // The last of them is never left out.
  expect(told).toBeGreaterThan(1);
  expect(told).toBeLessThan(tookMs / 120 + 5);
  expect(told).toBeLessThan(90);
});

it('tells a window of a job as it moves, and how it ended', async () => {
  const heard = await listen();
  const { jobs, inventory } = host.ready();
  inventory.devices.create({ name: 'away', kind: 'sbc', sshHost: '127.0.0.1', sshPort: 1 });
  const { jobId } = await host.ready().refreshes.start({ all: true }, 'refresh');
  await jobs.ended(jobId ?? '');
  await pause(400);
  const states = heard.flatMap((event) => (event.type === 'job' ? [event.job.state.state] : []));
  expect(states.at(-1)).toBe('failed');
});
