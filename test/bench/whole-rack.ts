import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { changeWholeRack } from './whole-rack-changes.ts';
import { fillWholeRack } from './whole-rack-rows.ts';

export { wholeRackSize } from './whole-rack-rows.ts';

const root = path.resolve(import.meta.dirname, '../..');
const file = 'rackhelm.sqlite';

/**
 * Fills an empty data directory with the inventory that the figures of a full rack are measured at: 1,000
 * devices with 20,000 interfaces and 50,000 addresses in 500 prefixes, 5,000 cables, some of them
 * through patch panels, power, clusters, services and storage, and 100,000 changes after that. The
 * same every time but for ids and times. It is made once for each state of the code that writes it,
 * which takes a while, and kept under .rackhelm/bench.
 */
export function openWholeRack(dataDirectory: string): void {
  const kept = path.join(root, '.rackhelm', 'bench');
  const made = path.join(kept, stateOfCode());
  if (!existsSync(made)) {
    rmSync(kept, { recursive: true, force: true });
    mkdirSync(kept, { recursive: true });
    const unfinished = mkdtempSync(path.join(kept, 'unfinished-'));
    make(unfinished);
    renameSync(unfinished, made);
  }
  copyFileSync(path.join(made, file), path.join(dataDirectory, file));
}

function make(dataDirectory: string): void {
  process.stderr.write('Making the database to measure at …\n');
  const db = openDatabase({ dataDirectory });
  try {
    createInventory(db);
    const rows = fillWholeRack(db);
    changeWholeRack(db, rows);
  } finally {
    db.close();
  }
}

/** Of all that decides what the file holds. */
function stateOfCode(): string {
  const hash = createHash('sha256');
  for (const folder of ['electron/host/db', 'shared/model', 'test/bench']) {
    const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
    for (const name of files.filter(decides).toSorted()) {
      hash.update(name).update(readFileSync(path.join(root, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

const decides = (name: string) => name.endsWith('.ts') && !/\.(test|bench)\.ts$/.test(name);
