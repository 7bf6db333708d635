import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mostDrawn } from '../../../shared/contract/services.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { newId } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import { serviceGraph } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const service = (name: string) => add('service', { name, kind: 'web' });
const needs = (from: string, to: string) =>
  add('service-depends-on', { service: from, needed: to });
const namesAround = (around: string, steps: number) =>
  serviceGraph(db, { around, steps }).nodes.map(({ name }) => name);

describe('the graph of services', () => {
  it('has every service, where it runs, and what needs what', () => {
    const [gitea, postgres] = [service('gitea'), service('postgres')];
    needs(gitea, postgres);
    const device = add('device', { name: 'pi-1', kind: 'sbc', status: 'active' });
    add('service-runs-on', { service: gitea, device });
    const graph = serviceGraph(db, { around: null, steps: 2 });
    expect(graph.edges).toEqual([{ from: gitea, to: postgres }]);
    expect(graph.more).toBe(0);
    expect(graph.nodes).toMatchObject([
      { name: 'gitea', devices: [{ name: 'pi-1', status: 'active' }] },
      { name: 'postgres', devices: [] },
    ]);
  });

  it('is narrowed to what hangs on one, both ways, so many steps far', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(service) as [string, string, string, string]; // four
    service('alone');
    needs(a, b);
    needs(b, c);
    needs(c, d);
    expect(namesAround(b, 1)).toEqual(['a', 'b', 'c']);
    expect(namesAround(b, 2)).toEqual(['a', 'b', 'c', 'd']);
    needs(d, a);
    expect(namesAround(a, 6)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('leaves out what is farthest away where it is too much to draw, and says how many', () => {
    const middle = service('middle');
    for (let at = 0; at < mostDrawn + 20; at += 1) needs(service(`s${at}`), middle);
    const all = serviceGraph(db, { around: null, steps: 1 });
    expect([all.nodes.length, all.more]).toEqual([mostDrawn, 21]);
    const around = serviceGraph(db, { around: middle, steps: 1 });
    expect(around.nodes.some(({ name }) => name === 'middle')).toBe(true);
    expect([around.nodes.length, around.more]).toEqual([mostDrawn, 21]);
  });

  it('says so where the service is gone', () => {
    expect(() => serviceGraph(db, { around: newId(), steps: 1 })).toThrow('does not exist');
  });
});
