import type { Change } from '../../../shared/model/history.ts';
import { formatBytes } from '../../ui/formatting.ts';
import { kindWords, statusWords } from '../devices/device-words.ts';

/** One field of a changed row, before and after, fit for a person. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Columns that say nothing to a person: its own key, and the sortable forms of addresses. */
const hidden =
  /^(id|sha256|subject_kind|(.*_)?at|name_sort|((start|end|primary|gateway)_)?bytes|blob|rank|ordinal)$/;

/** Names of rows by their ids. */
export type RowNames = Readonly<Record<string, string>>;

/** A row that another one refers to. */
const reference = /_id$/;

/** Sizes are stored as numbers of bytes: `memory_bytes`. */
const size = /_bytes$/;

/** What a column is called where its own name would not do. */
const fieldWords: Readonly<Record<string, string>> = {
  memory_bytes: 'memory',
  cpu_model: 'processor',
  cpu_cores: 'cores',
  os: 'operating system',
  hostname: 'host name',
  serial: 'serial number',
  ssh_host: 'SSH host',
  ssh_port: 'SSH port',
  ssh_user: 'SSH user',
  ssh_identity_file: 'key file',
  ssh_jump: 'jump hosts',
  height_units: 'height',
  mtu: 'MTU',
  mac: 'MAC address',
  speed_mbps: 'speed',
  url: 'address',
  vlan_id: 'VLAN',
  needed_id: 'needs',
  position: 'unit',
  subject_id: 'of',
  field_id: 'field',
  media_type: 'type',
  reference_id: 'value',
};

export const fieldWord = (column: string) =>
  fieldWords[column] ?? column.replace(size, '').replace(reference, '').replaceAll('_', ' ');

/** Numbers that name something are written without a comma. */
const plainNumbers: ReadonlySet<string> = new Set(['number', 'port', 'ssh_port', 'prefix_length']);

const valueWords: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  kind: (value) => kindWords[value as keyof typeof kindWords]?.label, // undefined for other kinds
  status: (value) => statusWords[value as keyof typeof statusWords]?.label, // as above
  tagged: (value) => (value === 1 ? 'yes' : 'no'),
  height_units: (value) => `${String(value)} U`,
  position: (value) => `U${String(value)}`,
  speed_mbps: (value) => `${Number(value).toLocaleString('en')} Mbit/s`,
};

function textOf(column: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const words = valueWords[column]?.(value);
  if (words !== undefined) return words;
  if (typeof value === 'number') {
    if (size.test(column)) return formatBytes(value);
    return plainNumbers.has(column) ? String(value) : value.toLocaleString('en');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value as a person reads it; null where there is none. */
export function valueText(column: string, value: unknown, names: RowNames): string | null {
  // An id says nothing to a person: better nothing than that, once its row is gone.
  if (reference.test(column)) return typeof value === 'string' ? (names[value] ?? null) : null;
  return textOf(column, value);
}

const tableWords: Readonly<Record<string, string>> = {
  mac: 'MAC address',
  ip_address: 'IP address',
  interface_vlan: 'VLAN of an interface',
  tagging: 'tag',
  custom_field: 'custom field',
  custom_value: 'custom value',
  ip_range: 'IP range',
  dhcp_reservation: 'DHCP reservation',
  gpu: 'GPU',
  ci_runner: 'CI runner',
  service_exposure: 'exposure of a service',
  service_runs_on: 'place of a service',
  service_depends_on: 'dependency of a service',
  service_port: 'port of a service',
  vlan: 'VLAN',
  observation: 'reading',
  identity: 'mark of identity',
  dismissal: 'dismissed proposal',
};

export function tableWord(table: string): string {
  return tableWords[table] ?? table.replaceAll('_', ' ');
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
  const keys = ['name', 'label', 'address', 'mac', 'prefix', 'range', 'key', 'text', 'tag'];
  const own = keys.map((key) => textOf(key, row[key])).find((text) => text !== null);
  const owner = ['subject_id', 'device_id', 'interface_id', 'cable_id', 'service_id'].map((key) =>
    valueText(key, row[key], names),
  );
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
      field: fieldWord(field),
      before: valueText(field, before[field], names),
      after: valueText(field, after[field], names),
    }))
    .filter(({ before: old, after: now }) => old !== now);
}
