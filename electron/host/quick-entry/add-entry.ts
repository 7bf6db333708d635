import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import type { EntryDevice } from '../../../shared/quick-entry/entry.ts';
import type { Database } from '../db/index.ts';
import { type ChosenType, insertDeviceOfType, takenType } from '../device-types/index.ts';
import { insertRecord } from '../records/index.ts';
import { linkDraft, writeLinks } from './entry-links.ts';
import { EntryFault, type EntryProblem } from './entry-problem.ts';
import { deviceValues, kindByName } from './entry-values.ts';

/** The types that an entry names, by what it calls them; looked up beforehand. */
export type EntryTypes = ReadonlyMap<string, ChosenType | { readonly problem: string }>;

/** A device that was added, as a preview tells it. */
export interface AddedEntry {
  readonly id: string;
  readonly type: string | null;
  readonly place: string | null;
  readonly what: string[];
  readonly warnings: string[];
  /** Rows that came with it, itself included. */
  readonly made: ReadonlyMap<KindName, number>;
}

/** Inside a part of a change set. Throws EntryFault with all that is wrong, or what a rule refuses. */
export function addEntry(db: Database, entry: EntryDevice, types: EntryTypes): AddedEntry {
  const problems: EntryProblem[] = [];
  const warnings: string[] = [];
  const typeWord = entry.fields.deviceType?.trim() ?? '';
  const chosen = typeWord === '' ? undefined : types.get(typeWord);
  if (chosen !== undefined && 'problem' in chosen) {
    problems.push({ field: 'deviceType', text: chosen.problem });
  }
  const values = deviceValues(db, entry, problems);
  const links = entry.interfaces.map((one) => linkDraft(db, one, { problems, warnings }));
  if (problems.length > 0) throw new EntryFault(problems);

  const typesBefore = countOf(db, 'device-type', {});
  const type = chosen === undefined || 'problem' in chosen ? undefined : takenType(db, chosen);
  const id =
    type === undefined
      ? insertRecord(db, kindOf('device'), {
          kind: kindByName(entry.name),
          status: 'planned',
          heightUnits: 1,
          ...values,
        })
      : insertDeviceOfType(db, type, values);
  const what = writeLinks(db, id, links);
  const made = new Map<KindName, number>([['device', 1]]);
  for (const kind of ['interface', 'port', 'power-point'] as const) {
    made.set(kind, countOf(db, kind, { device: id }));
  }
  const sum = (of: (link: (typeof links)[number]) => number) =>
    links.reduce((all, link) => all + of(link), 0);
  made.set(
    'address',
    sum(({ addresses }) => addresses.length),
  );
  made.set(
    'mac',
    sum(({ macs }) => macs.length),
  );
  made.set(
    'vlan-membership',
    sum(({ vlans }) => vlans.length),
  );
  made.set('device-type', countOf(db, 'device-type', {}) - typesBefore);
  const row = db.tables.devices.get(id);
  return {
    id,
    type: type === undefined ? null : String(type.values.model ?? ''),
    place: placeText(row),
    what,
    warnings,
    made,
  };
}

function placeText(row: ReturnType<Database['tables']['devices']['get']>): string | null {
  if (row === undefined || row.rackName === null) return row?.siteName ?? null;
  return row.position === null ? row.rackName : `${row.rackName}, unit ${row.position}`;
}

function countOf(db: Database, kind: KindName, where: Readonly<Record<string, string>>): number {
  return db.tables.records.list(kindOf(kind), {
    words: [],
    where: Object.entries(where).map(([field, value]) => ({ field, value })),
    sort: { field: null, descending: false },
    offset: 0,
    limit: 1,
  }).total;
}
