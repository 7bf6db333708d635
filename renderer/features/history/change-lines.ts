import type { Change } from '../../../shared/model/history.ts';
import { isolated } from '../../ui/isolate.ts';
import { rackTitle } from '../racks/rack-title.ts';
import { fieldChanges, type RowNames, rowName, tableWord, valueText } from './change-words.ts';

type Row = Readonly<Record<string, unknown>>;

/** `16 → 7.9 GiB`: the unit once where both have it. */
export function span(before: string | null, after: string | null): string {
  const [, unit = ''] = /\d( [A-Za-z/]+)$/.exec(before ?? '') ?? [];
  const same = unit !== '' && before !== null && after?.endsWith(unit);
  const from = same ? before.slice(0, -unit.length) : before;
  return `${shown(from)} → ${shown(after)}`;
}

/** Longer texts are read where they stand; here they only say which one it is. */
const longest = 60;

function shown(value: string | null): string {
  if (value === null) return 'nothing';
  return isolated(value.length > longest ? `${value.slice(0, longest)}…` : value);
}

/** `rack A U3`, as far as the change knows it. */
function placeText(row: Row, names: RowNames): string | null {
  const rack = valueText('rack_id', row.rack_id, names);
  const unit = valueText('position', row.position, names);
  if (rack === null) return unit;
  return `${rackTitle(rack)}${unit === null ? '' : ` ${unit}`}`;
}

/** Rack and unit change together and are told as one move; null: neither changed. */
function moveText(change: Change, names: RowNames): string | null {
  const [before, after] = [change.before ?? {}, change.after ?? {}];
  if (!('rack_id' in after || 'position' in after)) return null;
  const [from, to] = [placeText(before, names), placeText(after, names)];
  if (from === null && to === null) return null;
  if (from === null) return `put into ${to}`;
  return to === null ? `taken out of ${from}` : `moved from ${from} to ${to}`;
}

const moveFields: ReadonlySet<string> = new Set(['rack', 'unit']);

function updateText(change: Change, names: RowNames): string[] {
  const move = moveText(change, names);
  const fields = fieldChanges(change, names)
    .filter(({ field }) => move === null || !moveFields.has(field))
    .map(({ field, before, after }) => `${field} ${span(before, after)}`);
  return move === null ? fields : [move, ...fields];
}

/** How rows without a name of their own are told: what they tie together. */
const ties: Readonly<Record<string, (row: Row, names: RowNames) => string>> = {
  tagging: (row, names) => `tag ${nameIn(row.tag_id, names)} of ${nameIn(row.subject_id, names)}`,
  custom_value: (row, names) =>
    `${nameIn(row.field_id, names)} of ${nameIn(row.subject_id, names)}: ${
      row.reference_id ? nameIn(row.reference_id, names) : shown(String(row.value))
    }`,
  attachment: (row, names) =>
    `attachment ${shown(String(row.name))} of ${nameIn(row.subject_id, names)}`,
  service_runs_on: (row, names) =>
    `${nameIn(row.service_id, names)} on ${nameIn(row.device_id, names)}`,
  service_depends_on: (row, names) =>
    `${nameIn(row.service_id, names)} needs ${nameIn(row.needed_id, names)}`,
  interface_vlan: (row, names) =>
    `VLAN ${nameIn(row.vlan_id, names)} on ${nameIn(row.interface_id, names)}${row.tagged === 1 ? ', tagged' : ''}`,
  ip_address: (row, names) =>
    `address ${shown(`${row.address}/${row.prefix_length}`)} on ${nameIn(row.interface_id, names)}`,
  mac: (row, names) => `MAC ${shown(String(row.mac))} on ${nameIn(row.interface_id, names)}`,
  rack: (row) => rackTitle(String(row.name)),
  note: (row, names) => `note on ${nameIn(row.subject_id, names)}: ${shown(String(row.text))}`,
  interface: (row, names) =>
    `interface ${shown(String(row.name))} of ${nameIn(row.device_id, names)}`,
};

function nameIn(id: unknown, names: RowNames): string {
  const name = typeof id === 'string' ? names[id] : undefined;
  return name === undefined ? 'something deleted' : isolated(name);
}

/** What a change did, in words: `moved from rack A U3 to rack B U10`, `added tag k3s of pi-1`. */
export function changeLines(change: Change, names: RowNames): string[] {
  if (change.operation === 'update') return updateText(change, names);
  const verb = change.operation === 'insert' ? 'added' : 'deleted';
  const row = change.after ?? change.before ?? {};
  const what =
    ties[change.table]?.(row, names) ??
    `${tableWord(change.table)} ${shown(rowName(change, names))}`;
  return [`${verb} ${what}`];
}

/** The changes of one set in a line; each thing is named only where there are several. */
export function summaryLine(changes: readonly Change[], names: RowNames): string {
  const things = new Set(changes.map(({ rowId }) => rowId));
  const lines = changes.flatMap((change) => {
    const own = changeLines(change, names);
    const several = things.size > 1 && change.operation === 'update';
    return several ? own.map((line) => `${shown(rowName(change, names))}: ${line}`) : own;
  });
  return lines.join(' · ');
}
