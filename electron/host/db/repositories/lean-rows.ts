import type Sqlite from 'better-sqlite3';
import {
  type FieldValue,
  type Kind,
  type KindName,
  kindOf,
} from '../../../../shared/model/kinds/index.ts';
import { fieldOf, storedField } from './record-columns.ts';

export interface LeanRow {
  readonly id: string;
  readonly values: Readonly<Record<string, FieldValue>>;
}

export interface LeanRowRepository {
  /**
   * Every row of these kinds as of one moment, with the named fields alone: values canonical,
   * references as ids. For what looks through whole tables, on a thread of its own.
   */
  read<K extends KindName>(
    wanted: Readonly<Record<K, readonly string[]>>,
  ): ReadonlyMap<K, readonly LeanRow[]>;
}

export function createLeanRowRepository(sqlite: Sqlite.Database): LeanRowRepository {
  const all = (name: KindName, fields: readonly string[]): LeanRow[] => {
    const kind: Kind = kindOf(name);
    const described = fields.map((field) => [field, fieldOf(kind, field)] as const);
    const columns = described.map(([field, of]) => storedField(kind, field, of).read('x'));
    const rows = sqlite
      .prepare<[], unknown[]>(`SELECT ${['x.id', ...columns].join(', ')} FROM "${kind.table}" x`)
      .raw()
      .all();
    return rows.map(([id, ...read]) => {
      const values: Record<string, FieldValue> = {};
      for (const [at, [field, { type }]] of described.entries()) {
        const value = read[at] as FieldValue; // columns hold what the kind says
        values[field] = type === 'boolean' && value !== null ? value === 1 : value;
      }
      return { id: id as string, values }; // every table has a text id
    });
  };
  return {
    read: (wanted) =>
      sqlite.transaction(() => {
        const kinds = Object.keys(wanted) as (keyof typeof wanted)[]; // keys() forgets which they are
        return new Map(kinds.map((kind) => [kind, all(kind, wanted[kind])] as const));
      })(),
  };
}
