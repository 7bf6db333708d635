import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mostVolumes } from '../../../shared/contract/storage.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import { storageTree } from './index.ts';

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
const page = (offset = 0, limit = 30) => storageTree(db, { offset, limit });

describe('where data lies', () => {
  it('is told from pool over volume to database, with who serves and who uses it', () => {
    const device = add('device', { name: 'nas', kind: 'nas' });
    const [gitea, postgres] = ['gitea', 'postgres'].map((name) =>
      add('service', { name, kind: 'web' }),
    );
    const pool = add('storage-pool', { name: 'tank', kind: 'zfs', device, sizeBytes: 100 });
    const volume = add('volume', { name: 'pg-data', kind: 'claim', pool, usedBytes: 10 });
    const database = add('database', {
      name: 'gitea',
      engine: 'postgresql',
      service: postgres,
      volume,
    });
    add('storage-use', { service: gitea, database });
    add('storage-use', { service: postgres, volume });
    expect(page()).toMatchObject({
      total: 1,
      groups: [
        {
          pool: { name: 'tank', device: { name: 'nas' }, cluster: null, sizeBytes: 100 },
          more: 0,
          loose: [],
          volumes: [
            {
              name: 'pg-data',
              usedBytes: 10,
              usedBy: [{ name: 'postgres' }],
              holds: [
                {
                  kind: 'database',
                  name: 'gitea',
                  servedBy: { name: 'postgres' },
                  usedBy: [{ name: 'gitea' }],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('comes in pages of pools, what is in none behind the last', () => {
    for (const name of ['b', 'a', 'c']) add('storage-pool', { name, kind: 'zfs' });
    const namesOn = (offset: number) => page(offset, 2).groups.map(({ pool }) => pool?.name);
    expect(namesOn(0)).toEqual(['a', 'b']);
    expect(page().total).toBe(3);
    add('bucket', { name: 'assets' });
    add('volume', { name: 'scratch', kind: 'docker' });
    expect(page().total).toBe(4);
    expect(namesOn(0)).toEqual(['a', 'b']);
    expect(namesOn(2)).toEqual(['c', undefined]);
    const rest = page(2, 2).groups[1];
    expect(rest?.loose.map(({ name }) => name)).toEqual(['assets']);
    expect(rest?.volumes.map(({ name }) => name)).toEqual(['scratch']);
  });

  it('lists so many volumes of a pool, and counts the others', () => {
    const pool = add('storage-pool', { name: 'tank', kind: 'zfs' });
    for (let at = 0; at < mostVolumes + 5; at += 1) {
      add('volume', { name: `v${at}`, kind: 'block', pool });
    }
    const [group] = page().groups;
    expect([group?.volumes.length, group?.more]).toEqual([mostVolumes, 5]);
    expect(group?.volumes[2]?.name).toBe('v2');
  });
});
