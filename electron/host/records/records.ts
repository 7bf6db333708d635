import type {
  InventoryRecord,
  RecordCondition,
  RecordConsequences,
  RecordDependents,
} from '../../../shared/contract/records.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { mostAtOnce } from '../../../shared/model/kinds/bounds.ts';
import { type Kind, type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { inSentence } from '../../../shared/model/kinds/words.ts';
import { formatAddress } from '../../../shared/network/address.ts';
import { type AddressRange, freeRanges } from '../../../shared/network/range.ts';
import { type CustomValues, checkedValues } from '../annotations/index.ts';
import { type Database, newId } from '../db/index.ts';
import { isNoted, plain, withAnnotations } from './annotated.ts';
import { explainConstraint } from './constraints.ts';
import {
  type DuplicateInput,
  type DuplicatePreview,
  duplicate,
  duplicatePreview,
  duplicateSize,
} from './duplicate.ts';
import { checkRules, completed } from './rules.ts';
import { createSavedViews, type SavedViews } from './views.ts';
import { fieldsText, whichRecords } from './words.ts';

/** Who asks for a change. */
type Source = 'app' | 'cli';

interface Changed {
  readonly changeSetId: string;
}

export interface RecordSelection {
  readonly kind: KindName;
  readonly search: string;
  readonly where: readonly RecordCondition[];
  readonly sort: { readonly field: string | null; readonly descending: boolean };
}

export interface RecordListQuery extends RecordSelection {
  readonly offset: number;
  readonly limit: number;
}

/**
 * Everything in the inventory by hand, whatever its kind; shapes as shared/contract/records.ts has
 * them. Values are canonical: the contract, or the command line by the same schemas, has parsed them.
 * Throws NOT_FOUND, DUPLICATE, or INVALID_INPUT with the field; nothing is written then.
 */
export interface Records {
  list(query: RecordListQuery): { rows: InventoryRecord[]; total: number };
  /** Ids of the first that one change takes, in their order, and how many there are in all. */
  ids(selection: RecordSelection): { ids: string[]; total: number };
  /** Whether a list of these is better read on a thread. */
  takesLong(selection: RecordSelection): boolean;
  get(input: { readonly kind: KindName; readonly id: string }): {
    record: InventoryRecord;
    dependents: RecordDependents[];
  };
  create(
    input: { readonly kind: KindName; readonly values: Values; readonly custom?: CustomValues },
    source?: Source,
  ): Changed & { id: string };
  update(
    input: {
      readonly kind: KindName;
      readonly ids: readonly string[];
      readonly values: Values;
      readonly custom?: CustomValues;
    },
    source?: Source,
  ): Changed;
  remove(
    input: { readonly kind: KindName; readonly ids: readonly string[] },
    source?: Source,
  ): Changed;
  /** What else deleting these deletes, and what stays and loses its reference. */
  removalPreview(input: {
    readonly kind: KindName;
    readonly ids: readonly string[];
  }): RecordConsequences;
  /** Copies with what belongs to them, names counted on and identities left out, as one change set. */
  duplicate(input: DuplicateInput, source?: Source): Changed & { ids: string[] };
  duplicatePreview(input: DuplicateInput): DuplicatePreview;
  /** How many rows that would write. */
  duplicateSize(input: DuplicateInput): number;
  readonly views: SavedViews;
  /** The one row that goes by this name. Throws NOT_FOUND, or INVALID_INPUT when several do. */
  named(kind: KindName, name: string): InventoryRecord;
  /** The lowest addresses of the range that nothing uses, reserves or gives out, as text. */
  freeAddresses(within: AddressRange, count: number): string[];
}

export function createRecords(db: Database): Records {
  const { records } = db.tables;

  const find = (kind: Kind, id: string): InventoryRecord => {
    const row = records.get(kind, id);
    if (row !== undefined) return withAnnotations(db, [row])[0] ?? plain(row);
    throw new RackhelmError('NOT_FOUND', `This ${inSentence(kind.label)} does not exist.`, {
      data: { kind: kind.name, id },
    });
  };
  const checkReferences = (kind: Kind, values: Values) => {
    for (const [name, field] of Object.entries(kind.fields)) {
      const value = values[name];
      if (field.type !== 'reference' || typeof value !== 'string') continue;
      if (records.get(kindOf(field.to), value) !== undefined) continue;
      throw new RackhelmError('NOT_FOUND', `${field.label}: there is none with that id.`, {
        data: { field: name },
      });
    }
  };
  const write = (title: string, kind: Kind, source: Source, work: () => void): Changed => {
    try {
      const { changeSetId } = db.change({ title, source }, work);
      return { changeSetId };
    } catch (error) {
      throw explainConstraint(kind, error);
    }
  };

  return {
    list({ offset, limit, ...selection }) {
      const { kind, query } = asked(selection);
      const { rows, total } = records.list(kind, { ...query, offset, limit });
      return { rows: withAnnotations(db, rows), total };
    },
    ids(selection) {
      const { kind, query } = asked(selection);
      return records.ids(kind, { ...query, offset: 0, limit: mostAtOnce });
    },
    takesLong(selection) {
      const { kind, query } = asked(selection);
      return records.takesLong(kind, query);
    },
    get({ kind: name, id }) {
      const kind = kindOf(name);
      const hanging = records.dependents(kind, id).map(({ kind: other, names, ...rest }) => ({
        ...rest,
        kind: other.name as KindName, // every kind has a name of the list
        names: [...names],
      }));
      return { record: find(kind, id), dependents: hanging };
    },
    create({ kind: name, values, custom = [] }, source = 'app') {
      const kind = kindOf(name);
      const id = newId();
      const title = `Added ${inSentence(kind.label)}`;
      checkReferences(kind, values);
      const noted = checkedValues(db, name, custom);
      const changed = write(titleOf(title, kind, values), kind, source, () => {
        records.insert(kind, id, completed(db, kind, values));
        noted.write(id);
        checkRules(db, kind, id);
      });
      return { ...changed, id };
    },
    update({ kind: name, ids, values, custom = [] }, source = 'app') {
      const kind = kindOf(name);
      const which = whichRecords(kind, ids, (id) => find(kind, id).name);
      const noted = checkedValues(db, name, custom);
      const fields = [...Object.keys(values), ...noted.names];
      if (fields.length === 0) {
        throw new RackhelmError('INVALID_INPUT', 'No field was given, so nothing would change.');
      }
      checkReferences(kind, values);
      return write(`Changed ${fieldsText(kind, fields)} of ${which}`, kind, source, () => {
        const whole = completed(db, kind, values);
        for (const id of ids) {
          if (!records.update(kind, id, whole)) find(kind, id);
          noted.write(id);
          checkRules(db, kind, id);
        }
      });
    },
    remove({ kind: name, ids }, source = 'app') {
      const kind = kindOf(name);
      const which = whichRecords(kind, ids, (id) => find(kind, id).name);
      return write(`Deleted ${which}`, kind, source, () => {
        records.removeAll(kind, ids);
      });
    },
    duplicate(input, source = 'app') {
      const kind = kindOf(input.kind);
      const which = whichRecords(kind, input.ids, (id) => find(kind, id).name);
      const times = input.copies === 1 ? '' : ` ${input.copies} times`;
      let ids: string[] = [];
      const changed = write(`Duplicated ${which}${times}`, kind, source, () => {
        ids = duplicate(db, input);
      });
      return { ...changed, ids };
    },
    removalPreview({ kind: name, ids }) {
      const { goes, loses } = db.tables.recordRemoval.consequences(kindOf(name), ids);
      const asSent = (all: typeof goes) =>
        all.map(({ kind, names, ...rest }) => ({
          ...rest,
          kind: kind.name as KindName, // every kind has a name of the list
          names: [...names],
        }));
      return { goes: asSent(goes), loses: asSent(loses) };
    },
    duplicatePreview: (input) => duplicatePreview(db, input),
    duplicateSize: (input) => duplicateSize(db, input),
    views: createSavedViews(db.readings),
    named(name, called) {
      const kind = kindOf(name);
      const [id, another] = records.idsByName(kind, called.trim(), 2);
      if (id === undefined) {
        throw new RackhelmError(
          'NOT_FOUND',
          `There is no ${inSentence(kind.label)} called ${called}.`,
          {
            hint: `rackhelm list ${name} shows those that there are.`,
            data: { kind: name, name: called },
          },
        );
      }
      if (another !== undefined) {
        throw new RackhelmError('INVALID_INPUT', `Several ${kind.plural} are called ${called}.`, {
          hint: 'Use the id of the one that is meant.',
          data: { kind: name, name: called },
        });
      }
      return find(kind, id);
    },
    freeAddresses(within, count) {
      const free = freeRanges(within, db.tables.addresses.taken(within));
      const found: string[] = [];
      for (const { family, first, last } of free) {
        for (let value = first; value <= last && found.length < count; value += 1n) {
          found.push(formatAddress({ family, value }));
        }
      }
      return found;
    },
  };
}

/** What is asked of which kind. Throws INVALID_INPUT where the kind has no such field. */
function asked({ kind: name, search, where, sort }: RecordSelection) {
  const kind = kindOf(name);
  for (const { field } of [...where, sort]) checkField(kind, field);
  const words = [...new Set(search.split(/\s+/).filter((word) => word !== ''))].slice(0, 10);
  return { kind, query: { words, where, sort } };
}

function checkField(kind: Kind, name: string | null): void {
  if (name === null || Object.hasOwn(kind.fields, name) || isNoted(name)) return;
  throw new RackhelmError('INVALID_INPUT', `${kind.plural} have no field called ${name}.`, {
    hint: `They have ${Object.keys(kind.fields).join(', ')}.`,
    data: { field: name },
  });
}

function titleOf(title: string, kind: Kind, values: Values): string {
  const last = kind.key.at(-1);
  const called = last === undefined ? undefined : values[last];
  const field = last === undefined ? undefined : kind.fields[last];
  return field?.type === 'reference' || called === undefined || called === null
    ? title
    : `${title} ${called}`;
}
