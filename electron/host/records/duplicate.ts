import { RackhelmError } from '../../../shared/model/errors.ts';
import {
  type FieldValue,
  type Kind,
  type KindName,
  kindOf,
} from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { type Database, newId } from '../db/index.ts';
import { blankOf, partsOf } from './copied-kinds.ts';
import { conditionsOf, countedOn } from './count-on.ts';
import { checkRules } from './rules.ts';

export interface DuplicateInput {
  readonly kind: KindName;
  readonly ids: readonly string[];
  /** Of each. */
  readonly copies: number;
}

/** What copies would be called, what goes along with them, and what of the first is left out. */
export interface DuplicatePreview {
  /** The first few. */
  readonly names: string[];
  readonly total: number;
  readonly along: { kind: KindName; count: number }[];
  /** Labels of fields that the things have and their copies will not. */
  readonly leftOut: string[];
}

const namesShown = 20;
const pageSize = 1_000;
/** More than a rack of switches; a slip of the finger is no data centre. */
const mostRows = 200_000;

type Row = { readonly id: string; readonly values: Values };
/** A row with everything that goes along, outside before inside. */
type Copied = readonly { readonly kind: Kind; readonly row: Row }[];

/** Rows that would be written, without reading them. */
export function duplicateSize(db: Database, { kind, ids, copies }: DuplicateInput): number {
  let rows = ids.length;
  for (const part of partsOf(kindOf(kind))) {
    for (const id of ids) {
      rows += db.tables.records.list(part.kind, page({ [part.owner]: id }, 0)).total;
    }
  }
  return rows * copies;
}

export function duplicatePreview(db: Database, input: DuplicateInput): DuplicatePreview {
  const kind = kindOf(input.kind);
  const names: string[] = [];
  const along = new Map<KindName, number>();
  const leftOut = new Set<string>();
  const given = new Set<string>();
  for (const id of input.ids) {
    const [first, ...parts] = gather(db, kind, id);
    if (first === undefined) continue;
    for (const part of parts) {
      const name = part.kind.name as KindName; // every kind has a name of the list
      along.set(name, (along.get(name) ?? 0) + input.copies);
    }
    for (const name of blanksOf(kind, first.row.values)) {
      if (first.row.values[name] !== null) leftOut.add(kind.fields[name]?.label ?? name);
    }
    const last = kind.key.at(-1) ?? '';
    const { values } = first.row;
    const { copies } = input;
    for (const counted of countedOn(db, kind, { values, copies, given })) {
      if (names.length < namesShown) names.push(String(counted[last] ?? values[last] ?? ''));
    }
  }
  return {
    names,
    total: input.ids.length * input.copies,
    along: [...along].map(([name, count]) => ({ kind: name, count })),
    leftOut: [...leftOut],
  };
}

/**
 * Inside a change set: copies each row with what belongs to it. What refers to something that is
 * copied along refers to the copy; identities are left out, names counted on.
 */
export function duplicate(db: Database, input: DuplicateInput): string[] {
  const kind = kindOf(input.kind);
  const made: string[] = [];
  const given = new Set<string>();
  for (const id of input.ids) {
    const whole = gather(db, kind, id);
    const [first] = whole;
    if (first === undefined) continue;
    if (whole.length * input.copies > mostRows) throw tooMuch();
    for (const counted of countedOn(db, kind, { ...first.row, copies: input.copies, given })) {
      made.push(write(db, whole, counted));
    }
  }
  for (const id of made) checkRules(db, kind, id);
  return made;
}

function tooMuch(): RackhelmError {
  return new RackhelmError('INVALID_INPUT', 'So many copies at once are too much.', {
    hint: 'Make fewer copies at a time.',
  });
}

function write(db: Database, whole: Copied, counted: Values): string {
  const copies = new Map(whole.map(({ row }) => [row.id, newId()]));
  const [first] = whole;
  // What refers to a row of its own kind, a port behind a port, is told once all of them are there.
  const later: { kind: Kind; id: string; values: Record<string, FieldValue> }[] = [];
  for (const { kind, row } of whole) {
    const id = copies.get(row.id) ?? newId();
    const values: Record<string, FieldValue> = { ...row.values };
    const own: Record<string, FieldValue> = {};
    for (const name of blanksOf(kind, row.values)) values[name] = null;
    for (const [name, field] of Object.entries(kind.fields)) {
      const value = values[name];
      if (field.type !== 'reference' || typeof value !== 'string') continue;
      const copy = copies.get(value);
      if (copy === undefined) continue;
      if (field.to === kind.name) own[name] = copy;
      values[name] = field.to === kind.name ? null : copy;
    }
    if (row === first?.row) Object.assign(values, counted);
    db.tables.records.insert(kind, id, values);
    if (Object.keys(own).length > 0) later.push({ kind, id, values: own });
  }
  for (const { kind, id, values } of later) db.tables.records.update(kind, id, values);
  return copies.get(first?.row.id ?? '') ?? '';
}

/** A device takes its units alone; what takes none may share them. */
function blanksOf(kind: Kind, values: Values): readonly string[] {
  const standsAlone = kind.name === 'device' && values.heightUnits !== 0;
  return standsAlone ? [...blankOf(kind), 'position', 'side'] : blankOf(kind);
}

/** Throws NOT_FOUND where the row is gone. */
function gather(db: Database, kind: Kind, id: string): Copied {
  const row = db.tables.records.get(kind, id);
  if (row === undefined) {
    throw new RackhelmError('NOT_FOUND', 'What was to be duplicated does not exist any more.', {
      data: { kind: kind.name, id },
    });
  }
  const below = (outer: Kind, of: string): Copied =>
    partsOf(outer).flatMap(({ kind: part, owner }) =>
      rowsOf(db, part, { [owner]: of }).flatMap((one) => [
        { kind: part, row: one },
        ...below(part, one.id),
      ]),
    );
  return [{ kind, row }, ...below(kind, id)];
}

const page = (where: Values, offset: number) => ({
  words: [],
  where: conditionsOf(where),
  sort: { field: null, descending: false },
  offset,
  limit: pageSize,
});

function rowsOf(db: Database, kind: Kind, where: Values): Row[] {
  const rows: Row[] = [];
  for (;;) {
    const found = db.tables.records.list(kind, page(where, rows.length));
    rows.push(...found.rows);
    if (found.rows.length === 0 || rows.length >= found.total) return rows;
  }
}
