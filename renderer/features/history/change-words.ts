import type { Change } from '../../../shared/model/history.ts';
import { formatBytes } from '../../ui/formatting.ts';

/** One field of a changed row, before and after, fit for a person. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Columns that say nothing to a person: its own key, and the sortable forms of addresses. */
const hidden = /^(id|(.*_)?at|name_sort|((start|end|primary)_)?bytes|blob|rank)$/;

/** Names of rows by their ids. */
export type RowNames = Readonly<Record<string, string>>;

/** A row that another one refers to. */
const reference = /_id$/;

/** Sizes are stored as numbers of bytes: `memory_bytes`. */
const size = /_bytes$/;

const readable = (name: string) =>
  name.replace(size, '').replace(reference, '').replaceAll('_', ' ');

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function fieldText(field: string, value: unknown, names: RowNames): string | null {
  // An id says nothing to a person: better nothing than that, once its row is gone.
  if (reference.test(field)) return typeof value === 'string' ? (names[value] ?? null) : null;
  return size.test(field) && typeof value === 'number' ? formatBytes(value) : textOf(value);
}

const tableWords: Readonly<Record<string, string>> = {
  mac: 'MAC address',
  ip_address: 'IP address',
  interface_vlan: 'VLAN of an interface',
  device_tag: 'tag of a device',
  service_runs_on: 'place of a service',
  service_depends_on: 'dependency of a service',
  vlan: 'VLAN',
};

export function tableWord(table: string): string {
  return tableWords[table] ?? readable(table);
}

/** What a person would look for stands before what a machine told of itself. */
export function declaredFirst(changes: readonly Change[]): Change[] {
  const observed = new Set(['observation', 'identity']);
  const rank = (change: Change) => Number(observed.has(change.table));
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

/**
 * How a row is called: its name, address, or whatever else it has that says what it is; of a row
 * that has nothing of its own, the name of what it belongs to.
 */
export function rowName(change: Change, names: RowNames): string {
  const row = change.after ?? change.before ?? {};
  const keys = ['name', 'address', 'mac', 'prefix', 'key', 'text', 'tag'];
  const own = keys.map((key) => textOf(row[key])).find((text) => text !== null);
  const owner = ['device_id', 'interface_id'].map((key) => fieldText(key, row[key], names));
  return own ?? names[change.rowId] ?? owner.find((text) => text !== null) ?? '';
}

/** What differs between before and after; for a new or deleted row, everything it holds. */
export function fieldChanges(change: Change, names: RowNames): FieldChange[] {
  const before = change.before ?? {};
  const after = change.after ?? {};
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => !hidden.test(field))
    .map((field) => ({
      field: readable(field),
      before: fieldText(field, before[field], names),
      after: fieldText(field, after[field], names),
    }))
    .filter(({ before: old, after: now }) => old !== now);
}
