import type {
  ImportedTypeRow,
  TypeDifference,
  TypeImportPreview,
} from '../../../shared/contract/device-types.ts';
import { formatCount } from '../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Database } from '../db/index.ts';
import { differencesOf } from './differences.ts';
import { type ReadType, readTypeFile } from './read-file.ts';
import { idOfType, insertType, replaceType, storedType } from './stored-type.ts';
import { titleOfType } from './type-draft.ts';

export interface TypeFile {
  /** Path or name, as the person knows it. */
  readonly name: string;
  readonly text: string;
}

export interface TypeImport {
  readonly files: readonly TypeFile[];
  /** What is there under the same name is made what the file says; else it stays. */
  readonly replace: boolean;
}

interface Found extends ReadType {
  readonly file: string;
  /** Of the type in the inventory that goes by the same name. */
  readonly id: string | undefined;
  readonly differences: readonly TypeDifference[];
}

/** Rows and lines that a preview shows; how many there are is told. */
const rowsShown = 500;
const differencesShown = 40;

/** What these files would bring; nothing is written. */
export function previewImport(
  db: Database,
  { files }: { readonly files: readonly TypeFile[] },
): TypeImportPreview {
  const rows: ImportedTypeRow[] = [];
  const counts = { new: 0, same: 0, differs: 0, faulty: 0 };
  const seen = new Map<string, string>();
  for (const file of files) {
    const found = attempt(() => look(db, file, seen));
    if ('problem' in found) {
      counts.faulty += 1;
      rows.push({ ...emptyRow(file.name), state: 'faulty', problem: found.problem });
      continue;
    }
    for (const one of found.types) {
      const state = stateOf(one);
      counts[state] += 1;
      rows.push({
        ...emptyRow(file.name),
        title: titleOfType(one.draft.values),
        state,
        ports: one.draft.ports.length,
        dropped: [...one.dropped].slice(0, differencesShown),
        differences: one.differences.slice(0, differencesShown),
        differenceCount: one.differences.length,
      });
    }
  }
  // What needs a look comes first.
  const order = ['faulty', 'differs', 'new', 'same'] as const;
  rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return { rows: rows.slice(0, rowsShown), counts };
}

function stateOf({ id, differences }: Found): 'new' | 'same' | 'differs' {
  if (id === undefined) return 'new';
  return differences.length === 0 ? 'same' : 'differs';
}

/**
 * Writes them as one change set. Throws FILE_INVALID with file and line when one cannot be read, and
 * nothing is written then.
 */
export function importTypes(
  db: Database,
  { files, replace }: TypeImport,
  source: 'app' | 'cli' = 'app',
): { changeSetId: string; added: number; replaced: number; left: number } {
  const done = { added: 0, replaced: 0, left: 0 };
  const { changeSetId } = db.change(
    { title: 'Imported device types', source: source === 'cli' ? 'cli' : 'import' },
    (changeSet) => {
      const seen = new Map<string, string>();
      for (const file of files) {
        const found = attempt(() => look(db, file, seen));
        if ('problem' in found) throw faulty(file.name, found.problem);
        for (const one of found.types) write(db, one, replace, done);
      }
      changeSet.rename(`Imported ${formatCount(done.added + done.replaced, 'device type')}`);
    },
  );
  return { changeSetId, ...done };
}

function write(
  db: Database,
  one: Found,
  replace: boolean,
  done: { added: number; replaced: number; left: number },
): void {
  if (one.id === undefined) {
    insertType(db, one.draft);
    done.added += 1;
  } else if (replace && one.differences.length > 0) {
    replaceType(db, one.id, one.draft);
    done.replaced += 1;
  } else done.left += 1;
}

/** Reads one file beside the inventory. `seen`: the file that each type was in, grows. */
function look(db: Database, { name, text }: TypeFile, seen: Map<string, string>): Found[] {
  return readTypeFile(text).map((read) => {
    const { values } = read.draft;
    const key = `${values.manufacturer}\n${values.model}`.toLowerCase();
    const other = seen.get(key);
    if (other !== undefined) {
      const message = `${titleOfType(values)} stands in ${other} already.`;
      throw new RackhelmError('FILE_INVALID', message);
    }
    seen.set(key, name);
    const id = idOfType(db, values);
    const differences = id === undefined ? [] : differencesOf(storedType(db, id), read.draft);
    return { ...read, file: name, id, differences };
  });
}

/** `bad.yaml, line 3: …`. */
function faulty(file: string, problem: string): RackhelmError {
  const where = problem.replace(/^Line/, 'line');
  const joint = where === problem ? ': ' : ', ';
  return new RackhelmError('FILE_INVALID', `${file}${joint}${where}`, {
    hint: 'Correct this file, or leave it out; nothing was imported.',
    data: { file },
  });
}

type Attempt = { readonly types: Found[] } | { readonly problem: string };

function attempt(work: () => Found[]): Attempt {
  try {
    return { types: work() };
  } catch (error) {
    if (!(error instanceof RackhelmError) || error.code !== 'FILE_INVALID') throw error;
    return { problem: error.message };
  }
}

const emptyRow = (file: string) => ({
  file,
  title: null,
  problem: null,
  ports: 0,
  dropped: [],
  differences: [],
  differenceCount: 0,
});
