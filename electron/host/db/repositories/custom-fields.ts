import type Sqlite from 'better-sqlite3';
import type { Subject } from '../../../../shared/model/annotations.ts';
import type { CustomField, NewCustomField } from '../../../../shared/model/custom-fields.ts';
import { type FieldValue, type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { newId } from '../ids.ts';
import { nameExpression } from './record-columns.ts';

/** A value with what it is called where it is a reference. */
export interface StoredValue {
  readonly fieldId: string;
  readonly value: FieldValue;
  readonly name: string | null;
}

export interface CustomFieldRepository {
  /** Of one kind or of all, in their order. */
  list(kind: KindName | null): CustomField[];
  get(id: string): CustomField | undefined;
  insert(field: NewCustomField): string;
  update(field: Omit<CustomField, 'kind' | 'type' | 'target'>): void;
  remove(id: string): void;
  /** Values of a field; of a choice only those that are one of `options`. */
  countValues(id: string, options?: readonly string[]): number;
  /** By the id of the thing; things without any are left out. */
  valuesOf(ids: readonly string[]): ReadonlyMap<string, readonly StoredValue[]>;
  /** Null takes the value away. */
  setValue(subject: Subject, field: CustomField, value: FieldValue): void;
}

interface FieldRow extends Omit<CustomField, 'options' | 'required'> {
  readonly options: string | null;
  readonly required: number;
}

const columns = 'id, kind, name, type, options, target, required, help';

export function createCustomFieldRepository(sqlite: Sqlite.Database): CustomFieldRepository {
  const list = sqlite.prepare<[{ readonly kind: string | null }], FieldRow>(
    `SELECT ${columns} FROM custom_field WHERE @kind IS NULL OR kind = @kind
     ORDER BY kind, ordinal, name`,
  );
  const get = sqlite.prepare<[string], FieldRow>(
    `SELECT ${columns} FROM custom_field WHERE id = ?`,
  );
  const insert = sqlite.prepare<[Record<string, unknown>]>(
    `INSERT INTO custom_field (${columns}, ordinal) VALUES (@id, @kind, @name, @type, @options,
       @target, @required, @help,
       (SELECT coalesce(max(ordinal), 0) + 1 FROM custom_field WHERE kind = @kind))`,
  );
  const update = sqlite.prepare<[Record<string, unknown>]>(
    `UPDATE custom_field SET name = @name, options = @options, required = @required, help = @help
     WHERE id = @id`,
  );
  const remove = sqlite.prepare<[string]>('DELETE FROM custom_field WHERE id = ?');
  const countValues = sqlite
    .prepare<[{ readonly id: string; readonly options: string | null }], number>(
      `SELECT count(*) FROM custom_value WHERE field_id = @id
       AND (@options IS NULL OR value IN (SELECT value FROM json_each(@options)))`,
    )
    .pluck();
  return {
    list: (kind) => list.all({ kind }).map(readField),
    get(id) {
      const row = get.get(id);
      return row && readField(row);
    },
    insert(field) {
      const id = newId();
      insert.run({ ...field, ...written(field), id, target: field.target ?? null });
      return id;
    },
    update: (field) => void update.run({ ...field, ...written(field) }),
    remove: (id) => void remove.run(id),
    countValues: (id, options) =>
      countValues.get({ id, options: options ? JSON.stringify(options) : null }) ?? 0,
    ...valueStatements(sqlite),
  };
}

function readField(row: FieldRow): CustomField {
  const options = row.options === null ? null : (JSON.parse(row.options) as string[]); // as it was written
  return { ...row, options, required: row.required === 1 };
}

interface Written {
  readonly options?: readonly string[] | null;
  readonly required: boolean;
}

function written({ options, required }: Written) {
  return { options: options ? JSON.stringify(options) : null, required: Number(required) };
}

interface ValueRow {
  readonly id: string;
  readonly fieldId: string;
  readonly type: CustomField['type'];
  readonly target: KindName | null;
  readonly value: string | null;
  readonly referenceId: string | null;
}

function valueStatements(sqlite: Sqlite.Database) {
  const valuesOf = sqlite.prepare<[string], ValueRow>(
    `SELECT v.subject_id AS id, v.field_id AS fieldId, f.type, f.target, v.value,
       v.reference_id AS referenceId
     FROM json_each(?) w JOIN custom_value v ON v.subject_id = w.value
     JOIN custom_field f ON f.id = v.field_id`,
  );
  const put = sqlite.prepare<[string, string, string, string, string | null, string | null]>(
    `INSERT INTO custom_value (id, subject_kind, subject_id, field_id, value, reference_id)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (subject_id, field_id)
     DO UPDATE SET value = excluded.value, reference_id = excluded.reference_id`,
  );
  const drop = sqlite.prepare<[string, string]>(
    'DELETE FROM custom_value WHERE subject_id = ? AND field_id = ?',
  );
  const nameOf = namesOfThings(sqlite);
  return {
    valuesOf(ids: readonly string[]): ReadonlyMap<string, readonly StoredValue[]> {
      const found = new Map<string, StoredValue[]>();
      for (const row of valuesOf.all(JSON.stringify(ids))) {
        const { id, fieldId, target, referenceId } = row;
        const name = target && referenceId ? nameOf(target, referenceId) : null;
        found.set(id, [...(found.get(id) ?? []), { fieldId, value: readValue(row), name }]);
      }
      return found;
    },
    setValue({ kind, id }: Subject, { id: fieldId, type }: CustomField, value: FieldValue): void {
      if (value === null) return void drop.run(id, fieldId);
      const text = String(value);
      const [own, reference] = type === 'reference' ? [null, text] : [text, null];
      put.run(newId(), kind, id, fieldId, own, reference);
    },
  };
}

function readValue({ type, value, referenceId }: ValueRow): FieldValue {
  if (type === 'reference') return referenceId;
  if (type === 'number') return Number(value);
  return type === 'boolean' ? value === 'true' : value;
}

/** What a thing of a kind is called; each statement is prepared when it is first wanted. */
function namesOfThings(sqlite: Sqlite.Database) {
  const known = new Map<KindName, Sqlite.Statement<[string], string>>();
  return (name: KindName, id: string): string | null => {
    const kind = kindOf(name);
    const statement =
      known.get(name) ??
      sqlite
        .prepare<[string], string>(
          `SELECT ${nameExpression(kind)} FROM "${kind.table}" x WHERE x.id = ?`,
        )
        .pluck();
    known.set(name, statement);
    return statement.get(id) ?? null;
  };
}
