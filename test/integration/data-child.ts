/**
 * The other process of the data tests. Arguments: what to do, the data directory, and more as the
 * task wants it. It answers in one line of JSON.
 */
import { execFileSync } from 'node:child_process';
import { readSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { lockDataDirectory, openDatabase } from '../../electron/host/db/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { RackhelmError } from '../../shared/model/errors.ts';

const [task = '', directory = '', argument = ''] = process.argv.slice(2);

const tell = (answer: unknown) => writeSync(1, `${JSON.stringify(answer)}\n`);
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof RackhelmError ? error.code : String(error);
  }
};
const open = () => {
  const db = openDatabase({ dataDirectory: directory });
  return { db, inventory: createInventory(db) };
};
const countDevices = () => {
  const { db, inventory } = open();
  const { devices } = inventory.summary();
  db.close();
  return devices;
};
/** Until it is killed, or the end of its input tells that the tests were. */
const waitForTheEnd = () => readSync(0, Buffer.alloc(1));

/** Leaves this many bytes free on the small disk. */
function fill(name: string, leave: number): void {
  const { bavail, bsize } = statfsSync(directory);
  writeFileSync(join(directory, name), Buffer.alloc(Math.max(0, bavail * bsize - leave)));
}

const tasks: Readonly<Record<string, () => void>> = {
  /** On a disk of a few MB. */
  'disk-full'() {
    const { db, inventory } = open();
    const add = (index: number) =>
      inventory.devices.create({ name: `n-${index}`, kind: 'server', comment: 'x'.repeat(19_000) });
    for (let index = 0; index < 5; index += 1) add(index);
    fill('ballast', 200_000);
    let written = 5;
    let code = 'none';
    while (code === 'none' && written < 1000) {
      code = codeOf(() => add(written));
      if (code === 'none') written += 1;
    }
    const readable = inventory.devices.list({}).total;
    const undo = codeOf(() => db.history.undo());
    rmSync(join(directory, 'ballast'));
    const afterwards = codeOf(() => add(written));
    db.close();
    tell({ code, written, readable, undo, afterwards, reopened: countDevices() });
  },
  'open-on-full-disk'() {
    const { db, inventory } = open();
    inventory.devices.create({ name: 'a', kind: 'server' });
    db.close();
    fill('ballast', 0);
    const opened = codeOf(() => open());
    const fresh = codeOf(() => openDatabase({ dataDirectory: join(directory, 'new') }));
    rmSync(join(directory, 'ballast'));
    tell({ opened, fresh, reopened: countDevices() });
  },
  'read-only'() {
    const { db, inventory } = open();
    inventory.devices.create({ name: 'a', kind: 'server' });
    db.close();
    execFileSync('mount', ['-o', 'remount,ro', directory]);
    tell({
      opened: codeOf(() => open()),
      locked: codeOf(() => lockDataDirectory(directory)),
      below: codeOf(() => openDatabase({ dataDirectory: join(directory, 'new') })),
    });
  },
  /** Stops in the middle of a change set. */
  half() {
    const { db, inventory } = open();
    inventory.devices.create({ name: 'whole', kind: 'server' });
    db.change({ title: 'Half', source: 'app' }, () => {
      for (let index = 0; index < 5000; index += 1) {
        db.tables.services.insert({ name: `half-${index}`, kind: 'x', url: null, comment: null });
      }
      tell('in the middle');
      waitForTheEnd();
    });
  },
  /** Change sets of 20 services each, without end. */
  busy() {
    const { db } = open();
    for (let round = 0; ; round += 1) {
      db.change({ title: `Round ${round}`, source: 'app' }, () => {
        for (let index = 0; index < 20; index += 1) {
          const name = `${argument}-${round}-${index}`;
          db.tables.services.insert({ name, kind: 'x', url: null, comment: null });
        }
      });
      tell(round);
    }
  },
  /** A hundred devices, one change set each. */
  hundred() {
    const { db, inventory } = open();
    const codes = Array.from({ length: 100 }, (_, index) =>
      codeOf(() => inventory.devices.create({ name: `${argument}-${index}`, kind: 'server' })),
    );
    db.close();
    tell(codes.filter((code) => code !== 'none'));
  },
  lock() {
    lockDataDirectory(directory);
    tell('locked');
    waitForTheEnd();
  },
};

tasks[task]?.();
