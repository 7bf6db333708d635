import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { JobPage } from '../../shared/jobs/job.ts';
import { isUnderWay } from '../../shared/jobs/job-state.ts';
import { type DeviceRow, deviceQuery } from '../../shared/model/inventory.ts';
import { describeRack } from '../rack/index.ts';
import { CommandLine } from './command-line.ts';
import { App } from './rack/app.ts';
import { directTarget } from './rack/login.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describeRack('refreshing many devices of the rack', 'small', (rack) => {
  const names = ['node-1', 'node-2', 'node-3', 'node-4'] as const;
  let app: App;
  let line: CommandLine;
  beforeAll(async () => {
    app = await App.open();
    line = new CommandLine();
    for (const name of names) await app.add(directTarget(rack().node(name)));
  });
  // A session that stands would outlast the sshd that a fault stops.
  beforeEach(() => app.restart());
  afterAll(async () => {
    await line.close();
    await app.close();
  });

  async function devices(): Promise<Record<string, DeviceRow>> {
    const { rows } = await app.client.devices.list(deviceQuery.parse({}));
    return Object.fromEntries(rows.map((row) => [row.name, row]));
  }
  async function ended(id: string | null): Promise<JobPage> {
    for (;;) {
      const job = await app.client.jobs.get({ id: id ?? '' });
      if (!isUnderWay(job.state)) return job;
      await pause(50);
    }
  }

  async function lastWords({ id }: JobPage): Promise<string[]> {
    const { lines } = await app.client.jobs.log({ id, limit: 5 });
    return lines.map(({ text }) => text);
  }

  it('reads the one that is well, and says of each other why it was not read', async () => {
    const before = await devices();
    await using _refuses = await rack().node('node-1').fault('sshd-stopped');
    await using _hangs = await rack().node('node-2').fault('frozen');
    await using _changed = await rack().node('node-3').fault('host-key-replaced');
    const started = performance.now();
    const { jobId, devices: count } = await app.client.machines.refresh({ all: true });
    expect(count).toBe(4);
    const job = await ended(jobId);
    // They are read at once: the one that hangs costs its own time, and nobody else's.
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(job.state.state).toBe('done');
    expect(await lastWords(job)).toContain('Read 1 device. 3 could not be read.');

    const after = await devices();
    expect(names.map((name) => after[name]?.failure?.code ?? null)).toEqual([
      'SSH_REFUSED',
      'SSH_TIMEOUT',
      'SSH_HOST_KEY_CHANGED',
      null,
    ]);
    expect(after['node-4']?.observedAt).toBeGreaterThan(before['node-4']?.observedAt ?? 0);
    // What was read before stays, with its age.
    expect(after['node-1']?.observedAt).toBe(before['node-1']?.observedAt);
    expect((await app.client.inventory.summary()).couldNotBeRead).toBe(3);

    const again = await line.run('refresh', '--all', '--json', '--timeout', '3', ...data());
    expect(again.exitCode).toBe(4);
    const states = Object.fromEntries(
      (JSON.parse(again.stdout) as { name: string; state: string }[]).map((each) => [
        each.name,
        each.state,
      ]),
    );
    expect(states).toEqual({
      'node-1': 'failed',
      'node-2': 'failed',
      'node-3': 'failed',
      'node-4': 'read',
    });
    expect((await devices())['node-1']?.failure?.times).toBe(2);
  });

  const data = () => ['--data', path.join(app.directory, 'data')];

  it('forgets the failures once all of them answer again', async () => {
    const { jobId } = await app.client.machines.refresh({ all: true });
    expect(await lastWords(await ended(jobId))).toContain('Read 4 devices.');
    expect(Object.values(await devices()).map(({ failure }) => failure)).toEqual(
      names.map(() => null),
    );
  });

  it('ends at once when it is cancelled, and blames nobody for it', async () => {
    await using _hangs = await rack().node('node-2').fault('frozen');
    const { jobId } = await app.client.machines.refresh({ all: true });
    await pause(500);
    const started = performance.now();
    await app.client.jobs.cancel({ id: jobId ?? '' });
    expect((await ended(jobId)).state.state).toBe('cancelled');
    expect(performance.now() - started).toBeLessThan(5_000);
    expect((await devices())['node-2']?.failure).toBeNull();
  });

  it('keeps the failure of one that is read alone from a window, or from the command line', async () => {
    const node = rack().node('node-1');
    {
      await using _refuses = await node.fault('sshd-stopped');
      const deviceId = (await devices())['node-1']?.id ?? '';
      const { last } = await app.attempt({ deviceId });
      expect(last.type).toBe('failed');
      expect((await devices())['node-1']?.failure).toMatchObject({ code: 'SSH_REFUSED', times: 1 });
      const { host } = directTarget(node);
      const facts = await line.run('facts', host, '--timeout', '3', ...data());
      expect(facts.exitCode).toBe(3);
      expect((await devices())['node-1']?.failure?.times).toBe(2);
      const one = await line.run('refresh', 'NODE-1', '--timeout', '3', ...data());
      expect(one).toMatchObject({ exitCode: 3, stdout: '' });
      expect((await devices())['node-1']?.failure?.times).toBe(3);
    }
    const well = await line.run('refresh', 'node-1', ...data());
    expect(well).toMatchObject({ exitCode: 0, stderr: '' });
    expect(well.stdout).toMatch(/^Read node-1/);
    expect((await devices())['node-1']?.failure).toBeNull();
  });

  it('tells wrong use and unknown names', async () => {
    const exits = async (...args: string[]) =>
      (await line.run('refresh', ...args, ...data())).exitCode;
    expect(await exits()).toBe(2);
    expect(await exits('--all', 'node-1')).toBe(2);
    expect(await exits('no-such-device')).toBe(1);
    expect(await exits('--rack', 'no-such-rack')).toBe(1);
  });
});
