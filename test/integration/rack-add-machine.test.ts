import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Comparison } from '../../shared/model/inventory.ts';
import { describeRack, type Node } from '../rack/index.ts';
import { App } from './rack/app.ts';
import { directTarget } from './rack/login.ts';

/** Addresses that have a connection to the node's sshd open. */
async function connectionsTo(node: Node): Promise<string[]> {
  const { stdout } = await node.exec("ss -Htn state established '( sport = :22 )'");
  return stdout.split('\n').filter((line) => line.trim() !== '');
}

/** Waits until there are none, up to two seconds. */
async function connectionsLeft(node: Node): Promise<string[]> {
  let left = await connectionsTo(node);
  for (let tries = 0; tries < 40 && left.length > 0; tries += 1) {
    await sleep(50);
    left = await connectionsTo(node);
  }
  return left;
}

function rowOf({ rows }: Comparison, path: string) {
  const found = rows.find((row) => row.path === path);
  if (!found) throw new Error(`Nothing is compared under ${path}.`);
  return found;
}

describeRack('adding a machine of the rack', 'seed', (rack) => {
  let app: App;
  beforeEach(async () => {
    app = await App.open();
  });
  afterEach(() => app.close());

  it('goes from the key question to accepted facts, and back and forth over a restart', async () => {
    const node = rack().node('worker-1');
    const { attemptId, last, questions, steps } = await app.attempt({ target: directTarget(node) });
    expect(questions.map(({ kind }) => kind)).toEqual(['unknown-host-key']);
    expect(steps).toEqual(['resolve', 'connect', 'host-key', 'authenticate', 'collect']);
    if (last.type !== 'ready') throw new Error(JSON.stringify(last));
    expect(last.suggestion.name).toBe('worker-1');
    expect(await app.written()).toEqual({ changeSets: 0, devices: [] });

    const added = { attemptId, deviceId: null, ...last.suggestion, rackId: null };
    const { deviceId: id } = await app.client.machines.add({ ...added, acceptFacts: false });
    expect(await app.written()).toEqual({ changeSets: 1, devices: ['worker-1'] });
    const path = 'interface/enp2s0/mtu';
    const fresh = await app.client.devices.compare({ id });
    expect(rowOf(fresh, 'model')).toMatchObject({ declared: null, observed: 'SER5 Pro' });
    expect(rowOf(fresh, path)).toMatchObject({ declared: null, observed: '9000' });
    expect((await app.client.devices.interfaces({ id })).rows).toEqual([]);

    const paths = fresh.rows.filter(({ acceptable }) => acceptable).map((row) => row.path);
    const { accepted } = await app.client.devices.accept({ id, chosen: { paths } });
    expect(accepted).toBe(paths.length);
    const declared = await app.client.devices.get({ id });
    expect(declared.device).toMatchObject({
      model: 'SER5 Pro',
      differences: 0,
      sshHost: node.address,
    });
    const { rows: interfaces } = await app.client.devices.interfaces({ id });
    expect(interfaces.map(({ name }) => name)).toEqual(['enp1s0', 'enp2s0', 'enp3s0']);

    expect((await app.client.history.undo()).title).toContain('worker-1');
    expect(await app.client.devices.compare({ id })).toEqual(fresh);
    await app.restart();
    expect((await app.client.history.state()).redo).toMatchObject({ state: 'undone' });
    await app.client.history.redo();
    expect(await app.client.devices.get({ id })).toEqual(declared);

    // And all the way back, in the same order.
    await app.client.history.undo();
    await app.client.history.undo();
    expect((await app.written()).devices).toEqual([]);
    await expect(app.client.history.undo()).rejects.toMatchObject({ code: 'NOTHING_TO_UNDO' });
  });

  it('collects the facts of a known device again, by its own settings and without a question', async () => {
    const node = rack().node('worker-2');
    const id = await app.add(directTarget(node));
    const before = await app.client.devices.facts({ id });
    await app.restart();
    await node.exec('ip addr add 10.99.0.7/24 dev enp2s0');
    try {
      const { last, questions } = await app.attempt({ deviceId: id });
      expect(questions).toEqual([]);
      expect(last).toMatchObject({ type: 'recorded', deviceId: id, differences: 1 });
    } finally {
      await node.exec('ip addr del 10.99.0.7/24 dev enp2s0');
    }
    const comparison = await app.client.devices.compare({ id });
    expect(rowOf(comparison, 'interface/enp2s0/address/10.99.0.7/24')).toMatchObject({
      state: 'only-observed',
      acceptable: true,
    });
    expect((await app.client.devices.facts({ id }))?.collectedAt).toBeGreaterThan(
      before?.collectedAt ?? Number.POSITIVE_INFINITY,
    );
    expect(await app.written()).toMatchObject({ changeSets: 2 });
  });

  it('left at a question: no connection, no host key and no change stays', async () => {
    const node = rack().node('pi-1');
    const input = { attemptId: uuidv7(), target: directTarget(node) };
    const stream = await app.client.machines.connect(input);
    for await (const event of stream) if (event.type === 'question') break;
    expect(await connectionsLeft(node)).toEqual([]);
    expect(await app.written()).toEqual({ changeSets: 0, devices: [] });
    // The key is asked about again, so it was not recorded.
    expect((await app.attempt(input)).questions).toHaveLength(1);
  });

  it('left while facts are read: the script ends there, and closing the app the connection', async () => {
    const node = rack().node('pi-1');
    // sshd before 9.9 passes a signal on to everybody's commands but root's.
    const target = directTarget(node, rack().account('deploy'));
    await app.attempt({ target });
    const running = async () => (await node.exec('pgrep -u deploy -fl "^(sh -s|sleep 9)"')).stdout;
    const until = async (fits: (processes: string) => boolean) => {
      for (let tries = 0; tries < 60 && !fits(await running()); tries += 1) await sleep(50);
    };
    // A tool that hangs holds the script up.
    const tool = '/usr/local/bin/lsblk';
    await node.exec(`printf '#!/bin/sh\nexec sleep 9\n' >${tool}; chmod 755 ${tool}`);
    try {
      const attemptId = uuidv7();
      let left = 0;
      for await (const event of await app.client.machines.connect({ attemptId, target })) {
        if (event.type !== 'step' || event.step !== 'collect') continue;
        await until((processes) => processes.includes('sleep'));
        expect(await running()).toContain('sleep');
        left = performance.now();
        break;
      }
      // What watches over the script goes last, once it has seen that nothing is left.
      await until((processes) => processes === '');
      expect(await running()).toBe('');
      // Left alone, the script gives that tool 3 s.
      expect(performance.now() - left).toBeLessThan(2500);
    } finally {
      await node.exec(`rm ${tool}`);
    }
    expect(await app.written()).toEqual({ changeSets: 0, devices: [] });
    await app.stop();
    expect(await connectionsLeft(node)).toEqual([]);
  });
});
