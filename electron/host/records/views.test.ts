import { afterEach, beforeEach, expect, it } from 'vitest';
import { mostViews } from '../../../shared/contract/records.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createSavedViews } from './views.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

it('keeps the views of each kind by name, also after a restart', () => {
  const db = data.open();
  const views = createSavedViews(db.readings);
  views.save('address', { name: 'Virtual', query: 'f.role=virtual', columns: ['role'] });
  views.save('address', { name: 'B 10', query: '', columns: [] });
  views.save('address', { name: 'b 9', query: '', columns: [] });
  views.save('address', { name: 'virtual', query: 'f.role=anycast', columns: ['role'] });
  db.close();
  const again = createSavedViews(data.open().readings);
  expect(again.list('address').map(({ name }) => name)).toEqual(['b 9', 'B 10', 'virtual']);
  expect(again.list('address')[2]?.query).toBe('f.role=anycast');
  expect(again.list('vlan')).toEqual([]);
  again.delete('address', 'B 9');
  expect(again.list('address')).toHaveLength(2);
});

it('refuses more than anybody finds again', () => {
  const views = createSavedViews(data.open().readings);
  const save = (n: number) => views.save('vlan', { name: `v${n}`, query: '', columns: [] });
  for (let n = 0; n < mostViews; n += 1) save(n);
  expect(() => save(mostViews)).toThrow(/views already/);
  expect(() => save(0)).not.toThrow();
});
