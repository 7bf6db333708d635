import { parseHostAddress } from '../network/prefix.ts';
import {
  type EntryDevice,
  type EntryField,
  type EntryInterface,
  fieldCalled,
  isInterfaceField,
  several,
} from './entry.ts';

/** More is a file, which is imported. */
export const mostTableRows = 5_000;
export const mostTableColumns = 60;
export const longestTable = 2_000_000;

export interface PastedTable {
  readonly rows: readonly (readonly string[])[];
  /** Whether the first row names the columns. */
  readonly header: boolean;
  /** What each column is about; null: it is left out. */
  readonly columns: readonly (EntryField | null)[];
}

/** Reads what a spreadsheet puts on the clipboard, or CSV; what cannot be one is a sentence. */
export function readTable(text: string): PastedTable | { readonly problem: string } {
  if (text.length > longestTable)
    return { problem: 'This is too long to paste; import it as a file.' };
  const rows = cellsOf(text.replace(/^\uFEFF/, '')).filter((row) =>
    row.some((cell) => cell !== ''),
  );
  if (rows.length === 0) return { problem: 'There is nothing in it.' };
  if (rows.length > mostTableRows) {
    return { problem: `It has more than ${mostTableRows.toLocaleString('en')} rows.` };
  }
  const width = Math.max(...rows.map((row) => row.length));
  if (width > mostTableColumns) return { problem: `It has more than ${mostTableColumns} columns.` };
  const even = rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
  return { rows: even, ...columnsOf(even) };
}

/** The sign that cuts the first line: a tab where there is one, as spreadsheets copy. */
function separatorOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1);
  if (line.includes('\t')) return '\t';
  const count = (sign: string) => line.split(sign).length;
  return count(';') > count(',') ? ';' : ',';
}

function cellsOf(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (sign === separator) endCell();
    else if (sign === '\n') endRow();
    else if (sign !== '\r') cell += sign;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

/** By the words of the first row, or else by what stands in the columns. */
function columnsOf(rows: readonly (readonly string[])[]): Omit<PastedTable, 'rows'> {
  const [first = []] = rows;
  const called = first.map((cell) => fieldCalled(cell));
  const known = called.filter((field) => field !== undefined);
  // A single word that happens to be one of ours names nothing yet, unless it stands alone.
  if (known.length >= 2 || (known.length === 1 && first.length === 1 && rows.length > 1)) {
    return { header: true, columns: named(onceEach(called.map((field) => field ?? null))) };
  }
  const guessed = first.map((_, column) => guess(rows.map((row) => row[column] ?? '')));
  const free = guessed.indexOf(null);
  const columns = guessed.map((field, index): EntryField | null =>
    index === free ? 'name' : field,
  );
  return { header: false, columns: onceEach(columns) };
}

function guess(cells: readonly string[]): EntryField | null {
  const filled = cells.filter((cell) => cell !== '');
  const all = (holds: (cell: string) => boolean) => filled.length > 0 && filled.every(holds);
  if (all((cell) => /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(cell))) return 'mac';
  if (all((cell) => parseHostAddress(cell) !== undefined)) return 'address';
  if (all((cell) => /^u\d+([.,]5)?$/i.test(cell))) return 'position';
  if (all((cell) => /^(eth|eno|enp|ens|lan|port|ether|sfp)[\w./ -]*\d\w*$/i.test(cell))) {
    return 'interface';
  }
  return null;
}

/** A host name is the name where no column is called that. */
function named(columns: readonly (EntryField | null)[]): (EntryField | null)[] {
  if (columns.includes('name')) return [...columns];
  const at = columns.indexOf('hostname');
  return columns.map((field, index) => (index === at ? 'name' : field));
}

function onceEach(columns: readonly (EntryField | null)[]): (EntryField | null)[] {
  return columns.map((field, index) => (columns.indexOf(field) === index ? field : null));
}

export interface TableEntry {
  readonly devices: readonly EntryDevice[];
  /** Of each device, the rows that it stands in. */
  readonly rows: readonly (readonly number[])[];
  /** Rows that say nothing, or no name. */
  readonly problems: readonly { readonly row: number; readonly text: string }[];
}

/** The devices of a table; rows of one name are interfaces of one device. */
export function devicesOf({ rows, header, columns }: PastedTable): TableEntry {
  const found = new Map<string, Gathered>();
  const problems: { row: number; text: string }[] = [];
  const nameAt = columns.indexOf('name');
  rows.forEach((row, index) => {
    if (header && index === 0) return;
    const name = nameAt === -1 ? '' : (row[nameAt] ?? '');
    if (name === '') {
      problems.push({
        row: index,
        text: nameAt === -1 ? 'No column is the name.' : 'It has no name.',
      });
      return;
    }
    const known = found.get(name.toLowerCase());
    const device = known ?? { name, fields: {}, interfaces: [], rows: [] };
    if (known === undefined) found.set(name.toLowerCase(), device);
    device.rows.push(index);
    const conflict = readRow(device, row, columns);
    if (conflict !== undefined) problems.push({ row: index, text: conflict });
  });
  const all = [...found.values()];
  return {
    devices: all.map(({ rows: _rows, ...device }) => device),
    rows: all.map((device) => device.rows),
    problems,
  };
}

interface Gathered {
  readonly name: string;
  readonly fields: Record<string, string>;
  readonly interfaces: EntryInterface[];
  readonly rows: number[];
}

/** Adds one row to its device; says where it contradicts an earlier one. */
function readRow(
  device: Gathered,
  row: readonly string[],
  columns: readonly (EntryField | null)[],
): string | undefined {
  const at = new Map<EntryField, string>();
  let conflict: string | undefined;
  columns.forEach((field, index) => {
    const cell = row[index] ?? '';
    if (field === null || field === 'name' || cell === '') return;
    if (isInterfaceField(field)) {
      at.set(field, cell);
      return;
    }
    const before = device.fields[field];
    if (before === undefined) device.fields[field] = cell;
    else if (before !== cell) conflict = `${device.name} has “${before}” in an earlier row.`;
  });
  if (at.size > 0) {
    device.interfaces.push({
      name: at.get('interface') ?? null,
      addresses: several(at.get('address') ?? ''),
      macs: several(at.get('mac') ?? ''),
      untagged: at.get('untagged') ?? null,
      tagged: several(at.get('tagged') ?? ''),
    });
  }
  return conflict;
}
