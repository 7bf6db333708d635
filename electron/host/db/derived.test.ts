import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInventory } from '../inventory/index.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

const hitsOf = (inventory: ReturnType<typeof createInventory>, text: string) =>
  inventory.search({ text, limit: 10 }).hits.map(({ title }) => title);

it('finds what was edited at once, in both searches, and after another start', () => {
  const db = data.open();
  const inventory = createInventory(db);
  const { id } = inventory.devices.create({ name: 'pi-1', kind: 'sbc' });
  inventory.devices.update({ ids: [id], patch: { os: 'Plan Nine' } });
  expect(hitsOf(inventory, 'nine')).toEqual(['pi-1']);
  inventory.devices.update({ ids: [id], patch: { os: 'Inferno' } });
  expect(inventory.devices.list({ search: 'inferno' }).total).toBe(1);
  expect(hitsOf(inventory, 'nine')).toEqual([]);
  inventory.devices.update({ ids: [id], patch: { comment: 'behind the door' } });
  db.close();
  expect(hitsOf(createInventory(data.open()), 'door')).toEqual(['pi-1']);
});

it('no longer finds a device that went before its words were written', () => {
  const inventory = createInventory(data.open());
  const { id } = inventory.devices.create({ name: 'pi-1', kind: 'sbc' });
  inventory.devices.update({ ids: [id], patch: { os: 'Plan Nine' } });
  inventory.devices.remove({ ids: [id] });
  expect(hitsOf(inventory, 'pi-1')).toEqual([]);
});
