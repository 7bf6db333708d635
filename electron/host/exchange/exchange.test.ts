import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { applyPlan } from './apply.ts';
import { readInventory } from './inventory-rows.ts';
import { planOf } from './plan.ts';
import { annotateRandom, randomAnnotations } from './random-annotations.ts';
import { addRandom, randomInventory } from './random-inventory.ts';
import { readInventoryFile } from './read-inventory.ts';
import { writeJson, writeYaml } from './write-inventory.ts';

const data: TemporaryData[] = [];
const databases: Database[] = [];
beforeAll(() => {
  for (let count = 0; count < 2; count += 1) {
    const own = temporaryData();
    data.push(own);
    databases.push(own.open());
  }
  for (const db of databases) createInventory(db);
});
afterAll(() => {
  for (const own of data) own.remove();
});

const yamlOf = (db: Database) => writeYaml(readInventory(db), null).text;
function take(db: Database, text: string) {
  const plan = planOf(db, readInventoryFile(text), readInventory(db));
  return applyPlan(db, plan, { title: 'Imported', decision: { deletions: true, prefer: null } });
}
const empty = (db: Database) => take(db, 'rackhelm: 2\nwhole: true\nwith: [custom-fields]\n');

describe('the whole inventory as a file', () => {
  it('comes back as the same bytes, whatever is in it and noted of it, as YAML and as JSON', () => {
    const [from, to] = databases;
    if (from === undefined || to === undefined) throw new Error('There are two');
    const none = yamlOf(from);
    let noted = 0;
    fc.assert(
      fc.property(randomInventory, randomAnnotations, (inventory, annotations) => {
        const things = addRandom(from, inventory);
        noted += annotateRandom(from, things, annotations);
        const text = yamlOf(from);
        take(to, text);
        expect(yamlOf(to)).toBe(text);
        empty(to);
        take(to, writeJson(readInventory(from), null));
        expect(yamlOf(to)).toBe(text);
        for (const db of [from, to]) empty(db);
        expect(yamlOf(from)).toBe(none);
      }),
      { numRuns: 25 },
    );
    expect(noted).toBeGreaterThan(100);
  }, 120_000);
});
