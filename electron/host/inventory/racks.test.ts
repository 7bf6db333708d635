import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from './index.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let id: string;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  id = inventory.createRack({ siteName: 'Home', name: 'A', heightUnits: 10 }).id;
});
afterEach(() => data.remove());

const rack = () => inventory.racks().find((row) => row.id === id);
const place = (device: string) => inventory.devices.get(device).device;
const inside = (position: number) =>
  inventory.devices.create({ name: `n${position}`, kind: 'server', rackId: id, position }).id;

describe('changing a rack', () => {
  it('writes only what is given, as one step of undo', () => {
    inventory.updateRack({ id, name: 'B', comment: 'in the cellar' });
    expect(rack()).toMatchObject({ name: 'B', heightUnits: 10, comment: 'in the cellar' });
    expect(db.history.list({ before: null, limit: 1 })[0]?.title).toBe('Renamed rack A to B');
    db.history.undo();
    expect(rack()).toMatchObject({ name: 'A', comment: null });
  });

  it('refuses the name of another rack of the site, and a height below a device', () => {
    inventory.createRack({ siteName: 'Home', name: 'B', heightUnits: 10 });
    expect(() => inventory.updateRack({ id, name: 'B' })).toThrow(
      expect.objectContaining({ code: 'DUPLICATE' }),
    );
    inside(9);
    expect(() => inventory.updateRack({ id, heightUnits: 8 })).toThrow(/n9 would reach unit 9/);
    expect(rack()).toMatchObject({ name: 'A', heightUnits: 10 });
    inventory.updateRack({ id, heightUnits: 9 });
  });
});

describe('removing a rack', () => {
  it('leaves its devices at their site, and undo puts them back into it', () => {
    const device = inside(3);
    expect(inventory.removeRack({ id })).toMatchObject({ devices: 1 });
    expect(rack()).toBeUndefined();
    expect(place(device)).toMatchObject({ rackId: null, position: null, siteName: 'Home' });
    db.history.undo();
    expect(place(device)).toMatchObject({ rackId: id, position: 3 });
    db.history.redo();
    expect(place(device)).toMatchObject({ rackId: null, position: null });
  });

  it('refuses one that does not exist', () => {
    expect(() => inventory.removeRack({ id: place(inside(1)).id })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });
});
