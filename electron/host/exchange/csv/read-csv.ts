import { CsvError, parse } from 'csv-parse/sync';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Kind } from '../../../../shared/model/kinds/index.ts';
import { readTags } from '../annotations/read-given.ts';
import {
  type FileContent,
  type FileRecord,
  fileProblem,
  type GivenAnnotations,
  type GivenField,
  nothingGiven,
} from '../file-record.ts';
import { isId } from '../reference-words.ts';
import { readCell } from './cell.ts';
import {
  type ColumnTarget,
  customTarget,
  guessKind,
  isTarget,
  mapColumns,
  tagsTarget,
} from './columns.ts';

export interface TableOptions {
  readonly kind: Kind | null;
  /** What columns are, by their name in the first row, where a person said so; null leaves one out. */
  readonly map: ReadonlyMap<string, ColumnTarget | null>;
}

/** A table, and what its columns were taken for. */
export interface TableContent extends FileContent {
  readonly kind: Kind;
  readonly delimiter: string;
  readonly columns: readonly { readonly header: string; readonly target: ColumnTarget | null }[];
}

type Given = { -readonly [Key in keyof GivenAnnotations]: GivenAnnotations[Key] };

interface ParsedRow {
  readonly record: readonly string[];
  /** The line that it ends in. */
  readonly line: number;
}

/** Reads a table with names in its first row. Throws FILE_INVALID with line and column. */
export function readCsv(text: string, fileName: string, options: TableOptions): TableContent {
  const { body, delimiter, skipped } = delimited(text);
  const [first, ...rows] = parseRows(body, delimiter, skipped);
  if (first === undefined) throw fileProblem({ line: 1, path: '' }, 'the file is empty');
  refuseMany(rows);
  const headers = first.record.map((header) => header.trim());
  const kind = options.kind ?? guessKind(headers, fileName);
  if (kind === undefined) {
    throw new RackhelmError(
      'INVALID_INPUT',
      'It is not clear which kind of things these rows are.',
      {
        hint: 'Say the kind: device, interface, address, vlan, …',
        data: { field: 'kind' },
      },
    );
  }
  const targets = chooseTargets(kind, headers, options.map);
  refuseCutRow(rows.at(-1), headers.length, text);
  const columns = headers.map((header, index) => {
    const target = targets[index] ?? null;
    const isForeign = target === 'id' && rows.some(({ record }) => isForeignId(record[index]));
    return { header, target: isForeign ? null : target };
  });
  const table = { kind, columns };
  return {
    kind,
    delimiter,
    columns,
    whole: false,
    with: new Set(),
    revision: null,
    records: rows.flatMap((row) => recordOf(row, table)),
    dropped: columns.flatMap(({ header, target }) =>
      target === null && header !== '' ? [{ what: `the column ${header}`, line: first.line }] : [],
    ),
  };
}

/** A file that was cut ends in the middle of a line, which has too little then. */
function refuseCutRow(last: ParsedRow | undefined, width: number, text: string): void {
  if (last === undefined || last.record.length >= width || text.endsWith('\n')) return;
  const count = `${last.record.length} of ${width} cells`;
  throw fileProblem(
    { line: last.line, path: '' },
    `the file ends in the middle of this row, with ${count}; it may have been cut off`,
  );
}

function refuseMany(rows: readonly ParsedRow[]): void {
  const [next] = rows.slice(mostRows);
  if (next === undefined) return;
  throw fileProblem(
    { line: next.line, path: '' },
    `a table has ${mostRows.toLocaleString('en')} rows at most; cut it into parts`,
  );
}

/** A number, as other programs count their rows. */
const isForeignId = (cell: string | undefined) => /^\d{1,18}$/.test(cell?.trim() ?? '');

function chooseTargets(
  kind: Kind,
  headers: readonly string[],
  map: TableOptions['map'],
): (ColumnTarget | null)[] {
  for (const [header, target] of map) {
    if (!headers.includes(header)) {
      throw new RackhelmError('INVALID_INPUT', `The table has no column called ${header}.`, {
        hint: `It has ${headers.join(', ')}.`,
      });
    }
    if (target !== null && !isTarget(kind, target)) {
      throw new RackhelmError('INVALID_INPUT', `A ${kind.name} has no field called ${target}.`, {
        hint: `It has ${Object.keys(kind.fields).join(', ')}.`,
      });
    }
  }
  const left = headers.map((header) => (map.has(header) ? '' : header));
  const chosen = new Set(map.values());
  return mapColumns(kind, left).map((target, index) => {
    const header = headers[index] ?? '';
    if (map.has(header)) return map.get(header) ?? null;
    return target !== null && chosen.has(target) ? null : target;
  });
}

function recordOf(
  { record, line }: ParsedRow,
  { kind, columns }: Pick<TableContent, 'kind' | 'columns'>,
): FileRecord[] {
  if (record.every((cell) => cell.trim() === '')) return [];
  if (record.length > columns.length) {
    const place = { line, path: '' };
    throw fileProblem(
      place,
      `this row has ${record.length} cells, and the first one ${columns.length}`,
    );
  }
  const fields = new Map<string, GivenField>();
  const outer = new Map<string, string>();
  const annotations: Given = { ...nothingGiven };
  const custom = new Map<string, GivenField>();
  let id: string | null = null;
  columns.forEach(({ header, target }, index) => {
    const cell = record[index];
    // A row that ends early says nothing of the columns behind: spreadsheets leave out empty ones.
    if (cell === undefined) return;
    const text = readCell(cell);
    const place = { line, path: header };
    if (target === null) return;
    if (target === 'id') {
      id = text.trim() === '' ? null : text.trim().toLowerCase();
      if (id !== null && !isId(id)) throw fileProblem(place, `“${text}” is no id`);
    } else if (target === tagsTarget) {
      annotations.tags = readTags({ type: 'text', line, text }, place);
    } else if (target.startsWith(customTarget)) {
      custom.set(target.slice(customTarget.length), { typed: text === '' ? null : text, place });
    } else if (target.includes('.')) {
      if (text.trim() !== '') outer.set(target.split('.')[0] ?? '', text.trim());
    } else if (target.startsWith('!')) {
      fields.set(target.slice(1), { typed: inverse(text), place });
    } else fields.set(target, { typed: text === '' ? null : text, place });
  });
  if (custom.size > 0) annotations.custom = custom;
  for (const [name, part] of outer) {
    const given = fields.get(name);
    if (given?.typed && !isId(given.typed.trim())) {
      fields.set(name, { ...given, typed: `${part} ${given.typed.trim()}` });
    }
  }
  return [{ kind, id, place: { line, path: '' }, fields, owner: null, annotations }];
}

function inverse(text: string): string | null {
  if (text.trim() === '') return null;
  if (/^(yes|y|true|on|1)$/i.test(text.trim())) return 'no';
  return /^(no|n|false|off|0)$/i.test(text.trim()) ? 'yes' : text;
}

/** Larger is a quotation mark that nobody closed. */
const largestRow = 1024 * 1024;
/** Several times what one kind of the largest inventory has that this is made for. */
const mostRows = 500_000;
/** More than any program writes. */
const mostColumns = 1_000;

const tooManyColumns = (line: number) =>
  fileProblem(
    { line, path: '' },
    `a table has ${mostColumns.toLocaleString('en')} columns at most`,
  );

/** The parser does not count empty cells, of which millions fit into one line. */
function refuseLongLine(body: string, skipped: number): void {
  let line = 1 + skipped;
  for (let from = 0; from < body.length; line += 1) {
    const next = body.indexOf('\n', from);
    const end = next === -1 ? body.length : next;
    if (end - from > largestRow) throw fileProblem({ line, path: '' }, tooLongRow);
    from = end + 1;
  }
}

const tooLongRow = 'this row is too long; a quotation mark may not be closed';

function parseRows(body: string, delimiter: string, skipped: number): ParsedRow[] {
  refuseLongLine(body, skipped);
  try {
    const parsed = parse(body, {
      delimiter,
      info: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: largestRow,
      to: mostRows + 2,
      on_record: (row: string[], { lines }) => {
        const { record } = row as unknown as { record: string[] }; // with `info` it is this
        if (record.length > mostColumns) throw tooManyColumns(lines + skipped);
        return row;
      },
    }) as unknown as { record: string[]; info: { lines: number } }[]; // with `info` they are these
    return parsed.map(({ record, info }) => ({ record, line: info.lines + skipped }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (Number(error.lines) || 1) + skipped;
    throw fileProblem({ line, path: '' }, csvWords[error.code] ?? error.message);
  }
}

const csvWords: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'there is text behind a closing quotation mark',
  INVALID_OPENING_QUOTE: 'a quotation mark stands in the middle of a cell',
  CSV_MAX_RECORD_SIZE: tooLongRow,
};

/** By what the first row holds most of; `sep=;` in a line before it says so itself. */
function delimited(text: string) {
  const [, said] = /^sep=(.)\n/i.exec(text) ?? [];
  if (said !== undefined) return { body: text.slice(6), delimiter: said, skipped: 1 };
  const firstRow =
    text
      .replace(/^\n+/, '')
      .split('\n', 1)[0]
      ?.replaceAll(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = [',', ';', '\t', '|'].map((one) => [one, firstRow.split(one).length] as const);
  const [delimiter = ','] = counts.sort((a, b) => b[1] - a[1])[0] ?? [];
  return { body: text, delimiter, skipped: 0 };
}
