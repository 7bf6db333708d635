import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts } from '../../../shared/model/facts.ts';
import { deviceKinds } from '../../../shared/model/inventory.ts';
import { createNotes } from '../annotations/index.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { openSample } from '../sample/index.ts';
import { createInventory, type Inventory } from './index.ts';
import { address, observedLink, sampleFacts } from './sample-facts.ts';

const sample = readFileSync(
  new URL('../../../resources/sample-rack.yaml', import.meta.url),
  'utf8',
);

let data: TemporaryData;
let db: Database;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  reopen();
});
afterEach(() => data.remove());

function reopen(): void {
  db?.close();
  db = data.open();
  inventory = createInventory(db);
}

describe('removing a device', () => {
  it('takes everything of it along, and undo brings back every row', () => {
    openSample(db, sample);
    const id = deviceNamed('worker-1');
    inventory.recordFacts({ deviceId: id, facts: sampleFacts() });
    const before = snapshot(db.file);
    const listed = inventory.devices.list({});
    const facts = inventory.devices.facts(id);
    inventory.devices.remove({ ids: [id] });
    const after = snapshot(db.file);
    for (const table of ['interface', 'mac', 'ip_address', 'observation', 'service_runs_on']) {
      expect(after[table]?.length).toBeLessThan(before[table]?.length ?? 0);
    }
    reopen();
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
    // What is computed comes back too: addresses, differences, search.
    expect(inventory.devices.list({})).toEqual(listed);
    expect(inventory.devices.facts(id)).toEqual(facts);
    expect(inventory.search({ text: 'worker-1', limit: 1 }).hits[0]?.id).toBe(id);
    db.history.redo();
    expect(snapshot(db.file)).toEqual(after);
    expect(inventory.search({ text: '10.20.10.21', limit: 5 })).toEqual({ hits: [], total: 0 });
  });
});

describe('facts between an edit and its undo', () => {
  it('do not stand in the way, and newer evidence stays', () => {
    const first = sampleFacts();
    const { deviceId } = inventory.addMachine({
      facts: first,
      target: { host: '10.0.0.11' },
      deviceId: null,
      name: 'pi-1',
      kind: 'sbc',
      rackId: null,
      acceptFacts: false,
      source: 'app',
    });
    inventory.devices.accept({ id: deviceId, chosen: { paths: ['os', 'memoryBytes'] } });
    const kernel = { name: 'Linux', release: '6.99', architecture: 'aarch64' };
    const newer = sampleFacts({ kernel: { status: 'ok', data: kernel } }, first.collectedAt + 1);
    inventory.recordFacts({ deviceId, facts: newer });
    expect(db.history.undo().title).toContain('Accepted 2 facts');
    const row = inventory.devices
      .compare({ id: deviceId, view: 'all', limit: 500 })
      .rows.find(({ path }) => path === 'kernel');
    expect(row?.observed).toBe('6.99');
    db.history.undo();
    expect(inventory.summary().devices).toBe(0);
    db.history.redo();
    expect(inventory.devices.facts(deviceId)).toEqual(newer);
    db.history.redo();
    expect(inventory.devices.get(deviceId).device.os).toBe('Debian GNU/Linux 13 (trixie)');
  });
});

describe('evidence', () => {
  const observed = (id: string, key: string) =>
    inventory.devices.compare({ id, view: 'all', limit: 500 }).rows.find(({ path }) => path === key)
      ?.observed;
  const look = (deviceId: string, facts: Facts, host = '10.0.0.11') =>
    inventory.addMachine({
      facts,
      target: { host },
      deviceId,
      name: 'ignored',
      kind: 'sbc',
      rackId: null,
      acceptFacts: false,
      source: 'cli',
    });

  it('stays when the connection that brought it is undone, and was seen again or not', () => {
    const { id } = inventory.devices.create({ name: 'pi-1', kind: 'sbc' });
    look(id, sampleFacts({}, 1000));
    look(id, sampleFacts({}, 2000));
    expect(db.history.undo().title).toContain('Connected pi-1');
    expect(inventory.devices.get(id).device).toMatchObject({ sshHost: null, observedAt: 2000 });
    expect(observed(id, 'os')).toBe('Debian GNU/Linux 13 (trixie)');
    expect(inventory.identify(sampleFacts(), { target: { host: 'x' } })[0]?.verdict).toBe('same');
    db.history.redo();
    expect(inventory.devices.get(id).device).toMatchObject({
      sshHost: '10.0.0.11',
      observedAt: 2000,
    });
  });

  it('is never put back to an older look by undo or redo', () => {
    const { id } = inventory.devices.create({ name: 'pi-1', kind: 'sbc' });
    const model = (serial: string) => ({
      status: 'ok' as const,
      data: { manufacturer: null, model: 'Pi', serial, source: 'device-tree' as const },
    });
    look(id, sampleFacts({ model: model('old-board') }, 1000));
    inventory.devices.update({ ids: [id], patch: { sshHost: null } });
    look(id, sampleFacts({ model: model('new-board') }, 2000));
    for (const move of ['undo', 'redo', 'undo', 'undo', 'undo', 'redo'] as const) {
      db.history[move]();
      expect(observed(id, 'serial')).toBe('new-board');
    }
    expect(db.tables.identities.ofDevice(id)).not.toContainEqual(
      expect.objectContaining({ value: 'old-board' }),
    );
  });

  it('alone is no step of undo, whoever brought it, and ends no redo', () => {
    const { id } = inventory.devices.create({ name: 'pi-1', kind: 'sbc', sshHost: '10.0.0.11' });
    inventory.devices.update({ ids: [id], patch: { comment: 'x' } });
    db.history.undo();
    look(id, sampleFacts());
    expect(inventory.devices.get(id).device.observedAt).not.toBeNull();
    expect(db.history.state()).toMatchObject({
      undo: { title: 'Added pi-1' },
      redo: { title: 'Changed comment of pi-1' },
    });
    db.history.redo();
    expect(inventory.devices.get(id).device.comment).toBe('x');
    db.history.undo();
    db.history.undo();
    expect(inventory.summary().devices).toBe(0);
    db.history.redo();
    expect(observed(id, 'os')).toBe('Debian GNU/Linux 13 (trixie)');
  });
});

describe('any sequence of edits', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'goes all the way back and forth, across restarts (seed %i)',
    (seed) => {
      const random = generator(seed);
      openSample(db, sample);
      const start = snapshot(db.file);
      let edits = 0;
      for (let step = 0; step < 25; step += 1) edits += randomEdit(random) ? 1 : 0;
      const end = snapshot(db.file);
      const listed = inventory.devices.list({});
      reopen();
      for (let step = 0; step < edits; step += 1) db.history.undo();
      expect(withoutEvidence(snapshot(db.file))).toEqual(withoutEvidence(start));
      reopen();
      for (let step = 0; step < edits; step += 1) db.history.redo();
      expect(snapshot(db.file)).toEqual(end);
      expect(inventory.devices.list({})).toEqual(listed);
    },
  );
});

/** One edit as a person might make it; false when it changed nothing that can be undone. */
function randomEdit(random: (below: number) => number): boolean {
  const rows = inventory.devices.list({ limit: 1000 }).rows;
  const some = rows.filter(() => random(3) === 0).map(({ id }) => id);
  const one = rows[random(rows.length)]?.id;
  const before = db.history.state().undo?.id;
  const word = `x${random(1000)}`;
  switch (random(9)) {
    case 0:
      inventory.devices.create({ name: `${word}-${rows.length}`, kind: pickKind(random) });
      break;
    case 1:
      if (one) inventory.devices.update({ ids: [one], patch: { name: `${word}-${one}` } });
      break;
    case 2:
      if (some.length > 0)
        inventory.devices.update({ ids: some, patch: { comment: word, memoryBytes: null } });
      break;
    case 3:
      if (some.length > 0)
        inventory.devices.tag({ ids: some, add: [word.slice(0, 2)], remove: ['k3s', 'x1'] });
      break;
    case 4:
      if (one) createNotes(db).add({ kind: 'device', id: one, text: word });
      break;
    case 5:
      if (one && random(2) === 0) inventory.devices.remove({ ids: [one] });
      break;
    case 6:
      inventory.createRack({
        siteName: word,
        name: `Rack ${rows.length} ${word}`,
        heightUnits: 10,
      });
      break;
    case 7:
      if (one) {
        const { rows } = inventory.devices.compare({ id: one, view: 'all', limit: 500 });
        const paths = rows.filter((row) => row.acceptable).map(({ path }) => path);
        const chosen = { paths };
        if (paths.length > 0 && random(10) < 7) inventory.devices.accept({ id: one, chosen });
        else if (paths.length > 0) inventory.devices.keepMine({ id: one, chosen });
      }
      break;
    default:
      if (one) inventory.recordFacts({ deviceId: one, facts: randomFacts(one, random) });
  }
  return db.history.state().undo?.id !== before;
}

/** Of a machine of the device's own: those of another one would not be recorded. */
function randomFacts(deviceId: string, random: (below: number) => number) {
  const own = deviceId.replaceAll('-', '');
  const links = Array.from({ length: random(4) }, (_, index) =>
    observedLink({
      name: `eth${index}`,
      mac: `d8:3a:${own.slice(-6).replace(/(..)(..)(..)/, '$1:$2:$3')}:0${index}`,
      mtu: 1500 + random(3),
      addresses: [address(`10.9.${random(3)}.${index + 1}/24`)],
    }),
  );
  return sampleFacts(
    {
      machineId: { status: 'ok', data: { machineId: own } },
      model: { status: 'absent', reason: 'There is none.' },
      interfaces: { status: 'ok', data: links },
    },
    1_750_000_000_000 + random(1e6),
  );
}

/** Evidence is recorded apart and stays where it is. */
function withoutEvidence({ observation, identity, ...rest }: Record<string, unknown[]>) {
  return rest;
}

function deviceNamed(name: string): string {
  const found = inventory.devices.list({}).rows.find((row) => row.name === name);
  if (found === undefined) throw new Error(`No device ${name}`);
  return found.id;
}

function pickKind(random: (below: number) => number) {
  return deviceKinds[random(deviceKinds.length)] ?? 'other';
}

/** Repeatable numbers from 0 up to, not including, `below` (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
