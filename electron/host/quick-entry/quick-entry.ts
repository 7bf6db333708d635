import type { EntryPreview, EntryRow, EntrySource } from '../../../shared/contract/quick-entry.ts';
import { formatCount } from '../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { KindName } from '../../../shared/model/kinds/index.ts';
import { kinds } from '../../../shared/model/kinds/index.ts';
import type { EntryDevice } from '../../../shared/quick-entry/entry.ts';
import { readLine } from '../../../shared/quick-entry/line.ts';
import { devicesOf } from '../../../shared/quick-entry/table.ts';
import type { Database } from '../db/index.ts';
import { type AddedEntry, addEntry, type EntryTypes } from './add-entry.ts';
import { problemsOf } from './entry-problem.ts';

export interface Entry {
  readonly source: EntrySource;
  readonly existing: 'refuse' | 'leave-out';
  /** See EntryTypes: of all that the entry names. */
  readonly types: EntryTypes;
}

/** Of a long entry the first are tried out; that takes about a millisecond each. */
const mostTried = 300;
const rowsShown = 300;

interface ReadEntry {
  readonly devices: readonly EntryDevice[];
  readonly tableRows: readonly (readonly number[])[];
  /** Rows of a table that make no device. */
  readonly faulty: readonly EntryRow[];
}

type Problem = NonNullable<EntryPreview['problem']>;

/** What a line or a table says, before anything is looked up. */
export function readEntry(source: EntrySource): ReadEntry | { readonly problem: Problem } {
  if ('line' in source) {
    const read = readLine(source.line);
    if ('problem' in read) {
      return { problem: { text: read.problem, at: read.at, length: read.length } };
    }
    return { devices: read.devices, tableRows: [], faulty: [] };
  }
  const { devices, rows, problems } = devicesOf(source.table);
  const faulty = problems.map(({ row, text }) => ({
    ...emptyRow(''),
    state: 'faulty' as const,
    problems: [{ field: 'name' as const, text }],
    tableRows: [row],
  }));
  return { devices, tableRows: rows, faulty };
}

/** The words by which an entry names types. */
export function typeWordsOf(source: EntrySource): string[] {
  const read = readEntry(source);
  if ('problem' in read) return [];
  const words = read.devices.map(({ fields }) => fields.deviceType?.trim() ?? '');
  return [...new Set(words)].filter((word) => word !== '');
}

/** Takes the trial back. */
class TriedOut extends Error {}

/**
 * Tries the entry out in a change set that is taken back whole, so that it says exactly what adding
 * would do, and every rule of the inventory speaks for itself.
 */
export function previewEntry(db: Database, entry: Entry): EntryPreview {
  const read = readEntry(entry.source);
  if ('problem' in read) return { ...nothing, problem: read.problem };
  const tally = new Tally(read);
  try {
    db.change({ title: 'Tried out an entry', source: 'app' }, (changeSet) => {
      for (const [index, device] of read.devices.entries()) {
        if (index >= mostTried) break;
        tally.add(index, attempt(db, device, entry.types, changeSet.part));
      }
      throw new TriedOut();
    });
  } catch (error) {
    if (!(error instanceof TriedOut)) throw error;
  }
  return tally.preview();
}

/** One change set. Throws INVALID_INPUT with the first reason, and writes nothing. */
export function applyEntry(
  db: Database,
  entry: Entry,
  source: 'app' | 'cli' = 'app',
): { changeSetId: string; devices: number; ids: string[] } {
  const read = readEntry(entry.source);
  if ('problem' in read) throw new RackhelmError('INVALID_INPUT', read.problem.text);
  const [bad] = read.faulty;
  if (bad !== undefined) throw refused(`Row ${(bad.tableRows[0] ?? 0) + 1}`, bad);
  const { result: ids, changeSetId } = db.change(
    { title: 'Added devices', source },
    (changeSet) => {
      const made: string[] = [];
      for (const device of read.devices) {
        const tried = attempt(db, device, entry.types, changeSet.part);
        if ('added' in tried) made.push(tried.added.id);
        else if (tried.row.state === 'faulty' || entry.existing === 'refuse') {
          throw refused(device.name, tried.row);
        }
      }
      changeSet.rename(titleOf(read.devices, made.length));
      return made;
    },
  );
  return { changeSetId, devices: ids.length, ids: ids.slice(0, 1_000) };
}

function titleOf(devices: readonly EntryDevice[], count: number): string {
  const first = devices[0]?.name ?? '';
  if (count === 1) return `Added ${first}`;
  return `Added ${formatCount(count, 'device')}, from ${first}`;
}

function refused(name: string, row: EntryRow): RackhelmError {
  const problem = row.problems[0];
  return new RackhelmError('INVALID_INPUT', `${name}: ${problem?.text ?? 'it is there already.'}`, {
    hint: 'Nothing was added; correct it and try again.',
    data: { field: problem?.field ?? null },
  });
}

type Tried = { readonly added: AddedEntry; readonly row: EntryRow } | { readonly row: EntryRow };

function attempt(
  db: Database,
  device: EntryDevice,
  types: EntryTypes,
  part: <T>(work: () => T) => T,
): Tried {
  const row = emptyRow(device.name);
  if (db.tables.devices.idByName(device.name.trim()) !== undefined) {
    return {
      row: {
        ...row,
        state: 'exists',
        problems: [{ field: 'name', text: `${device.name} is in the inventory already.` }],
      },
    };
  }
  try {
    const added = part(() => addEntry(db, device, types));
    const { type, place, what, warnings } = added;
    return { added, row: { ...row, type, place, what, warnings } };
  } catch (error) {
    const problems = problemsOf(error);
    if (problems === undefined) throw error;
    return { row: { ...row, state: 'faulty', problems: [...problems] } };
  }
}

function emptyRow(name: string): EntryRow {
  return {
    name,
    state: 'new',
    type: null,
    place: null,
    what: [],
    warnings: [],
    problems: [],
    tableRows: [],
  };
}

const nothing: EntryPreview = {
  problem: null,
  total: 0,
  counts: { new: 0, exists: 0, faulty: 0, untried: 0 },
  makes: [],
  rows: [],
};

/** Sums up what a trial showed. */
class Tally {
  readonly #read: ReadEntry;
  readonly #rows: EntryRow[];
  readonly #made = new Map<KindName, number>();
  #tried = 0;

  constructor(read: ReadEntry) {
    this.#read = read;
    this.#rows = [...read.faulty];
  }

  add(index: number, tried: Tried): void {
    this.#tried += 1;
    this.#rows.push({ ...tried.row, tableRows: [...(this.#read.tableRows[index] ?? [])] });
    if (!('added' in tried)) return;
    for (const [kind, count] of tried.added.made) {
      this.#made.set(kind, (this.#made.get(kind) ?? 0) + count);
    }
  }

  preview(): EntryPreview {
    const count = (state: EntryRow['state']) =>
      this.#rows.filter((row) => row.state === state).length;
    const order = ['faulty', 'exists', 'new'];
    const rows = this.#rows.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    return {
      problem: null,
      total: this.#read.devices.length,
      counts: {
        new: count('new'),
        exists: count('exists'),
        faulty: count('faulty'),
        untried: this.#read.devices.length - this.#tried,
      },
      makes: kinds.flatMap(({ name }) => {
        const made = this.#made.get(name) ?? 0;
        return made > 0 ? [{ kind: name, count: made }] : [];
      }),
      rows: rows.slice(0, rowsShown),
    };
  }
}
