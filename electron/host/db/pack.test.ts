import { statSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from './ids.ts';
import { snapshot } from './snapshot.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

it('leaves a file that has grown much smaller than it was, and with the same in it', () => {
  const db = data.open();
  const siteId = db.change({ title: 'Added', source: 'app' }, () =>
    db.tables.places.insertSite('Home', null),
  ).result;
  const long = 'x'.repeat(5_000);
  const add = () => {
    for (let n = 0; n < 3_000; n += 1) {
      db.tables.places.insertRack({
        siteId,
        name: `R${n} ${newId()}`,
        heightUnits: 12,
        comment: long,
      });
    }
  };
  db.change({ title: 'Many', source: 'app' }, add);
  db.history.undo();
  const rows = snapshot(db.file);
  db.close();
  const kept = statSync(db.file).size;
  const again = data.open();
  expect(snapshot(again.file)).toEqual(rows);
  expect(again.history.redo().title).toBe('Redid: Many');
  again.close();
  expect(kept).toBeLessThan(20_000_000);
});
