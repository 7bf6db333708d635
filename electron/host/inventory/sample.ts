import { formatCount } from '../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { RemovalPart, RemovalPreview } from '../../../shared/model/inventory.ts';
import { type Database, type ImportedRow, type ImportTable, importTables } from '../db/index.ts';
import type { Source } from './devices.ts';
import { part, parts } from './removal.ts';

/** Marks the change set that brings the sample in; older databases have it under this title too. */
export const sampleTitle = 'Opened the sample rack';

export function isSampleOpen(db: Database): boolean {
  return db.tables.removal.hasImported(sampleTitle);
}

/**
 * What would go with the sample rack, what of it the person changed since, and what of the person's
 * own would lose something. Null: there is none.
 */
export function samplePreview(db: Database): RemovalPreview | null {
  const { removal } = db.tables;
  if (!isSampleOpen(db)) return null;
  const rows = removal.imported(sampleTitle);
  const there = rows.filter(({ now }) => now !== null);
  const ids = there.map(({ id }) => id);
  const attached = (what: Parameters<typeof removal.attached>[0], text: (n: number) => string) =>
    part(removal.attached(what, ids), text);
  return {
    goes: parts(
      ...goingTables.map(({ table, word, plural }) => namedRows(there, table, word, plural)),
      namedChanges(there),
      attached('notes', (n) => `${formatCount(n, 'note')} you wrote on its devices`),
      attached('interfaces', (n) => `${formatCount(n, 'interface')} you added to its devices`),
      attached(
        'addresses',
        (n) => `${formatCount(n, 'address', 'addresses')} you added to its devices`,
      ),
      attached('tags', (n) => `${formatCount(n, 'tag')} you put on its devices`),
      attached('readings', (n) => `what was read from ${formatCount(n, 'device')} of it`),
    ),
    changes: parts(
      attached(
        'services',
        (n) => `${formatCount(n, 'service')} of yours would not run there any more`,
      ),
      attached('dependents', (n) => `${formatCount(n, 'service')} of yours would need it no more`),
      attached(
        'hosts',
        (n) => `${formatCount(n, 'device')} of yours would run its services no more`,
      ),
      attached('racked', (n) => `${formatCount(n, 'device')} of yours would stand in no rack`),
      attached(
        'members',
        (n) => `${formatCount(n, 'device')} of yours would be in its VLANs no more`,
      ),
      attached(
        'prefixes',
        (n) => `${formatCount(n, 'prefix', 'prefixes')} of yours would be in no VLAN`,
      ),
      attached('sites', (n) => `${formatCount(n, 'site')} would stay for what you have there`),
    ),
  };
}

/** Deletes the whole of it as one change set. Throws NOT_FOUND where there is none. */
export function removeSample(db: Database, source: Source): { changeSetId: string } {
  const { removal, devices, tags } = db.tables;
  if (!isSampleOpen(db)) {
    throw new RackhelmError('NOT_FOUND', 'The sample rack is not in the inventory.', {
      hint: 'It was deleted already, or never opened.',
    });
  }
  const { changeSetId } = db.change({ title: 'Deleted the sample rack', source }, () => {
    const rows = removal.imported(sampleTitle).filter(({ now }) => now !== null);
    const ids = rows.map(({ id }) => id);
    const kept = new Set(removal.attached('sites', ids).count > 0 ? keptSites(db, ids, rows) : []);
    for (const { id, table } of rows) {
      if (table !== 'rack') continue;
      for (const device of db.tables.places.devicesInRack(id)) {
        devices.update(device, { rackId: null, position: null });
      }
    }
    for (const table of importTables) {
      for (const row of rows) {
        if (row.table === table && !kept.has(row.id)) removal.removeRow(table, row.id);
      }
    }
    tags.removeUnused();
  });
  return { changeSetId };
}

/** Each site by itself: the query says whether the person has something there. */
function keptSites(db: Database, ids: readonly string[], rows: readonly ImportedRow[]): string[] {
  return rows
    .filter(({ table }) => table === 'site')
    .map(({ id }) => id)
    .filter((id) => {
      const others = rows.filter((row) => row.table === 'site' && row.id !== id);
      const without = new Set(others.map((row) => row.id));
      return (
        db.tables.removal.attached(
          'sites',
          ids.filter((one) => !without.has(one)),
        ).count > 0
      );
    });
}

const goingTables: readonly {
  readonly table: ImportTable;
  readonly word: string;
  readonly plural?: string;
}[] = [
  { table: 'device', word: 'device' },
  { table: 'service', word: 'service' },
  { table: 'vlan', word: 'VLAN' },
  { table: 'prefix', word: 'prefix', plural: 'prefixes' },
  { table: 'rack', word: 'rack' },
];

const namesShown = 3;

function namedRows(
  rows: readonly ImportedRow[],
  table: ImportTable,
  word: string,
  plural: string | undefined,
): RemovalPart {
  const own = rows.filter((row) => row.table === table);
  return part({ count: own.length, names: own.slice(0, namesShown).map(nameOf) }, (n) =>
    formatCount(n, word, plural),
  );
}

const nameOf = ({ now }: ImportedRow) =>
  String(now?.name ?? now?.prefix ?? now?.label ?? now?.range ?? now?.address ?? '');

/** What the person made of it since goes as well, and is said. */
function namedChanges(rows: readonly ImportedRow[]): RemovalPart {
  const changed = rows.filter(isChanged);
  return part(
    { count: changed.length, names: changed.slice(0, namesShown).map(nameOf) },
    (n) => `${formatCount(n, 'thing')} of it that you changed since`,
  );
}

function isChanged({ table, before, now }: ImportedRow): boolean {
  if (now === null || !importTables.some((one) => one === table)) return false;
  return Object.entries(before).some(
    // Addresses as bytes follow their text.
    ([column, value]) => column in now && !Buffer.isBuffer(now[column]) && now[column] !== value,
  );
}
