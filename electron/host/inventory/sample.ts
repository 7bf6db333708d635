import { formatCount } from '../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { RemovalPart, RemovalPreview } from '../../../shared/model/inventory.ts';
import { type Kind, kinds } from '../../../shared/model/kinds/index.ts';
import { countOf, inSentence } from '../../../shared/model/kinds/words.ts';
import { type Database, type ImportedRow, importTables } from '../db/index.ts';
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
  const kept = removal.needed(ids);
  const going = there.filter(({ id }) => !kept.has(id));
  const others = removal.others(ids);
  const attached = (what: Parameters<typeof removal.attached>[0], text: (n: number) => string) =>
    part(removal.attached(what, ids), text);
  return {
    goes: parts(
      ...shownKinds.map((kind) => namedRows(going, kind)),
      namedChanges(there),
      attached('notes', (n) => `${formatCount(n, 'note')} you wrote on its devices`),
      attached('interfaces', (n) => `${formatCount(n, 'interface')} you added to its devices`),
      attached(
        'addresses',
        (n) => `${formatCount(n, 'address', 'addresses')} you added to its devices`,
      ),
      attached('tags', (n) => `${formatCount(n, 'tag')} you put on its devices`),
      ...others
        .filter(({ goes }) => goes)
        .map((rows) => part(rows, (n) => `${countOf(rows.kind, n)} you added to it`)),
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
      ...others
        .filter(({ goes }) => !goes)
        .map((rows) =>
          part(rows, (n) => `${countOf(rows.kind, n)} of yours would lose ${lost(rows)}`),
        ),
      ...stayingKinds.map((kind) =>
        keptRows(
          there.filter(({ id }) => kept.has(id)),
          kind,
        ),
      ),
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
    const kept = removal.needed(ids);
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

/** Those that a person knows best come first; what belongs to others goes with them, unsaid. */
const firstShown = ['device', 'service', 'vlan', 'prefix', 'rack'];
const allKinds: readonly Kind[] = kinds;
const shownKinds = [
  ...firstShown.flatMap((name) => allKinds.filter((kind) => kind.name === name)),
  ...allKinds.filter(({ name, owner }) => owner === undefined && !firstShown.includes(name)),
];
const stayingKinds = allKinds.filter(({ name }) => ['site', 'device-type'].includes(name));

/** `“In pool”`: what the field is called. */
const lost = ({ kind, field }: { readonly kind: Kind; readonly field: string }) =>
  `“${kind.fields[field]?.label ?? inSentence(field)}”`;

const namesShown = 3;

function namedRows(rows: readonly ImportedRow[], kind: Kind): RemovalPart {
  return part(namesIn(rows, kind), (n) => countOf(kind, n));
}

function keptRows(rows: readonly ImportedRow[], kind: Kind): RemovalPart {
  return part(namesIn(rows, kind), (n) => `${countOf(kind, n)} would stay for what you have of it`);
}

function namesIn(rows: readonly ImportedRow[], { table }: Kind) {
  const own = rows.filter((row) => row.table === table);
  return { count: own.length, names: own.slice(0, namesShown).map(nameOf) };
}

const nameOf = ({ now }: ImportedRow) =>
  String(now?.name ?? now?.model ?? now?.prefix ?? now?.label ?? now?.range ?? now?.address ?? '');

/** What the person made of it since goes as well, and is said. */
function namedChanges(rows: readonly ImportedRow[]): RemovalPart {
  const changed = rows.filter(isChanged);
  return part(
    { count: changed.length, names: changed.map(nameOf).filter(Boolean).slice(0, namesShown) },
    (n) => `${formatCount(n, 'thing')} of it that you changed since`,
  );
}

function isChanged({ table, before, now }: ImportedRow): boolean {
  if (now === null || !importTables.includes(table)) return false;
  return Object.entries(before).some(
    // Addresses as bytes follow their text.
    ([column, value]) => column in now && !Buffer.isBuffer(now[column]) && now[column] !== value,
  );
}
