import { customFieldKind } from '../../../shared/model/custom-field-kind.ts';
import type { FieldValue, Kind } from '../../../shared/model/kinds/index.ts';
import { type BareRow, type Database, type RowBefore, valuesBefore } from '../db/index.ts';
import { valuesBeforeChanges } from './annotations/stored.ts';
import type { FileContent, FilePlace } from './file-record.ts';
import { fileKinds } from './file-words.ts';
import type { InventoryRows } from './inventory-rows.ts';
import { resolve } from './resolve.ts';
import type { Wanted } from './wanted.ts';

export interface FieldChange {
  readonly field: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
  /** Both the file and the inventory changed it since the file was written. */
  readonly conflict: boolean;
}

/** One thing that would change. `line`: where the file says so; null for what it does not have. */
export interface Difference {
  readonly action: 'add' | 'change' | 'delete';
  readonly kind: Kind;
  readonly id: string;
  readonly place: FilePlace | null;
  readonly fields: readonly FieldChange[];
  /** Deleted here and changed in the file since it was written, or the other way round. */
  readonly conflict: boolean;
}

/** What a file would change, and what it leaves as it is. */
export interface Plan {
  readonly differences: readonly Difference[];
  readonly unchanged: number;
  /** Changed, added or deleted here since the file was written, and not in the file: stays so. */
  readonly changedHere: number;
  /** Where the file was written from this inventory at a known moment. */
  readonly base: 'known' | 'unknown' | 'none';
  readonly before: InventoryRows;
  readonly wanted: ReadonlyMap<string, Wanted>;
  /** Newest change of the inventory that this was worked out against. */
  readonly lastChange: number;
}

export function planOf(db: Database, content: FileContent, rows: InventoryRows): Plan {
  const { exchange } = db.tables;
  const since = content.revision === null ? undefined : exchange.changeOf(content.revision);
  const changes = since === undefined ? new Map<string, RowBefore>() : exchange.changedSince(since);
  const wanted = new Map(resolve(content, rows).map((one) => [one.id, one]));
  const comparison = { rows, changes, noted: valuesBeforeChanges(rows.annotations, changes) };
  const found = [...wanted.values()].map((one) => compare(one, comparison));
  const missing = content.whole ? missingOf(content, wanted, comparison) : [];
  const all = [...found, ...missing];
  const revisionKnown = since === undefined ? 'unknown' : 'known';
  return {
    differences: inOrder(all.filter((one) => typeof one === 'object')),
    unchanged: found.filter((one) => one === 'same').length,
    changedHere: all.filter((one) => one === 'changed here').length,
    base: content.revision === null ? 'none' : revisionKnown,
    before: rows,
    wanted,
    lastChange: exchange.lastChange(),
  };
}

interface Comparison {
  readonly rows: InventoryRows;
  readonly changes: ReadonlyMap<string, RowBefore>;
  /** What of the things was noted otherwise then. */
  readonly noted: ReadonlyMap<string, BareRow['values']>;
}

type Compared = Difference | 'same' | 'changed here';

function compare(wanted: Wanted, { rows, changes, noted }: Comparison): Compared {
  const { kind, id, place, values } = wanted;
  const now = rows.byId.get(id)?.row;
  const changed = changes.get(id);
  if (now === undefined) {
    // Of a row that is gone: how it was when the file was written.
    const then = changed
      ? { ...valuesBefore(kind, changed, undefined), ...noted.get(id) }
      : undefined;
    if (then !== undefined && differing(values, then).length === 0) return 'changed here';
    const fields = Object.entries(values).flatMap(([field, after]) =>
      after === null ? [] : [{ field, before: null, after, conflict: false }],
    );
    return { action: 'add', kind, id, place, fields, conflict: then !== undefined };
  }
  const own = changed ? valuesBefore(kind, changed, now) : now.values;
  const then = { ...own, ...noted.get(id) };
  const fields: FieldChange[] = [];
  let changedHere = false;
  for (const field of differing(values, now.values)) {
    const after = values[field] ?? null;
    const before = now.values[field] ?? null;
    const base = then[field] ?? null;
    if (after === base) changedHere = true;
    else fields.push({ field, before, after, conflict: base !== before });
  }
  if (fields.length === 0) return changedHere ? 'changed here' : 'same';
  const conflict = fields.some((one) => one.conflict);
  return { action: 'change', kind, id, place, fields, conflict };
}

const differing = (values: BareRow['values'], now: BareRow['values']) =>
  Object.keys(values).filter((field) => (values[field] ?? null) !== (now[field] ?? null));

/** What a whole file does not have, unless it came in since the file was written. */
function missingOf(
  content: FileContent,
  wanted: ReadonlyMap<string, Wanted>,
  { rows, changes }: Comparison,
): Compared[] {
  return [...rows.byId.values()].flatMap(({ kind, row }): Compared[] => {
    if (wanted.has(row.id)) return [];
    if (kind === customFieldKind && !content.with.has('custom-fields')) return [];
    const changed = changes.get(row.id);
    if (changed === null) return ['changed here'];
    const conflict = changed !== undefined;
    return [{ action: 'delete', kind, id: row.id, place: null, fields: [], conflict }];
  });
}

const order = new Map(fileKinds.map((kind, index) => [kind.name, index]));
const actions = ['change', 'add', 'delete'];

/** By kind as files go, and as the file has them. */
function inOrder(differences: readonly Difference[]): Difference[] {
  const place = ({ kind, action }: Difference) =>
    (order.get(kind.name) ?? 0) * actions.length + actions.indexOf(action);
  return [...differences].sort((a, b) => place(a) - place(b));
}
