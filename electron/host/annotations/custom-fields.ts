import {
  type CustomField,
  type CustomFieldChange,
  mostCustomFields,
  type NewCustomField,
} from '../../../shared/model/custom-fields.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { constraintOf, type Database } from '../db/index.ts';
import { type CustomValues, checkedValues, invalid, noField } from './custom-values.ts';
import { type Changed, inSentence, type Source, subjectName, subjectsText } from './subjects.ts';

export interface CustomValueInput {
  readonly kind: KindName;
  readonly ids: readonly string[];
  readonly values: CustomValues;
}

/** Fields that a person gave kinds of things; shapes as shared/contract/annotations.ts has them. */
export interface CustomFields {
  list(kind: KindName | null): CustomField[];
  create(input: NewCustomField, source?: Source): Changed & { id: string };
  /** An option that a thing has cannot go: INVALID_INPUT says how many have it. */
  update(input: { readonly id: string } & CustomFieldChange, source?: Source): Changed;
  /** With all its values, which undo brings back. */
  remove(input: { readonly id: string }, source?: Source): Changed;
  /** How many things have a value of it. */
  countValues(id: string): number;
  /** Values of one or many things of a kind, as one change. Null takes a value away. */
  set(input: CustomValueInput, source?: Source): Changed;
}

export function createCustomFields(db: Database): CustomFields {
  const { customFields } = db.tables;
  const fieldOrThrow = (id: string): CustomField => {
    const field = customFields.get(id);
    if (field !== undefined) return field;
    throw noField(id);
  };
  const write = (title: string, source: Source, work: () => void): Changed => {
    try {
      const { changeSetId } = db.change({ title, source }, work);
      return { changeSetId };
    } catch (error) {
      throw constraintOf(error)?.type === 'unique' ? nameTaken() : error;
    }
  };
  return {
    list: customFields.list,
    countValues: (id) => customFields.countValues(fieldOrThrow(id).id),
    create(input, source = 'app') {
      checkNew(db, input);
      let id = '';
      const title = `Added the custom field ${input.name} to ${pluralOf(input.kind)}`;
      const changed = write(title, source, () => {
        id = customFields.insert(input);
      });
      return { ...changed, id };
    },
    update({ id, ...change }, source = 'app') {
      const { kind, type, target, ...field } = fieldOrThrow(id);
      if (type !== 'choice' && change.options !== undefined) {
        throw invalid('options', 'Only a choice has options.');
      }
      if (change.name !== undefined) checkFieldName(kind, change.name);
      const title = `Changed the custom field ${field.name} of ${pluralOf(kind)}`;
      return write(title, source, () => {
        checkOptions(db, fieldOrThrow(id), change.options);
        customFields.update({ ...field, ...change });
      });
    },
    remove({ id }, source = 'app') {
      const { name, kind } = fieldOrThrow(id);
      const title = `Deleted the custom field ${name} of ${pluralOf(kind)}`;
      return write(title, source, () => customFields.remove(id));
    },
    set(input, source = 'app') {
      const { kind, ids, values } = input;
      const checked = checkedValues(db, kind, values);
      const which = subjectsText(db, { kind, ids });
      const { names } = checked;
      const what = names.length > 2 ? `${names.length} fields` : names.join(' and ');
      return write(`Changed ${what} of ${which}`, source, () => {
        for (const id of ids) {
          subjectName(db, { kind, id });
          checked.write(id);
        }
      });
    },
  };
}

const pluralOf = (kind: KindName) => inSentence(kindOf(kind).plural);

function nameTaken(): RackhelmError {
  return new RackhelmError('DUPLICATE', 'This kind has a custom field of that name already.', {
    data: { field: 'name' },
  });
}

function checkNew(db: Database, { kind, name, options }: NewCustomField): void {
  checkFieldName(kind, name);
  if (options !== undefined) checkDistinct(options);
  if (db.tables.customFields.list(kind).length >= mostCustomFields) {
    throw invalid('name', `A kind has ${mostCustomFields} custom fields at most.`);
  }
}

/** On the command line and in files both are called by name. */
export function checkFieldName(kind: KindName, name: string): void {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (plain(name) === '') throw invalid('name', 'A name needs letters or digits.');
  const taken = Object.entries(kindOf(kind).fields).some(([own, { label }]) =>
    [own, label].some((each) => plain(each) === plain(name)),
  );
  if (taken) {
    throw invalid('name', `${kindOf(kind).plural} have a field called ${name} of their own.`);
  }
}

function checkDistinct(options: readonly string[]): void {
  const distinct = new Set(options.map((option) => option.toLowerCase()));
  if (distinct.size < options.length) throw invalid('options', 'An option is there twice.');
}

function checkOptions(
  db: Database,
  field: CustomField,
  options: readonly string[] | undefined,
): void {
  if (options === undefined) return;
  checkDistinct(options);
  const gone = (field.options ?? []).filter((option) => !options.includes(option));
  const used = gone.filter((option) => db.tables.customFields.countValues(field.id, [option]) > 0);
  if (used.length === 0) return;
  const count = db.tables.customFields.countValues(field.id, used);
  throw invalid(
    'options',
    `${used.join(', ')} cannot be deleted: ${count.toLocaleString('en')} ${count === 1 ? 'thing has' : 'things have'} it.`,
    'Give those another value first.',
  );
}
