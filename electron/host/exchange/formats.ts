import { RackhelmError } from '../../../shared/model/errors.ts';
import { readCsv, type TableContent, type TableOptions } from './csv/read-csv.ts';
import type { DecodedFile } from './file-bytes.ts';
import type { FileContent } from './file-record.ts';
import { readInventoryFile } from './read-inventory.ts';

/** What a person may say about a file beyond the file itself; of tables only, so far. */
export type ReadOptions = TableOptions;

/**
 * A format that is read. Those of other programs go into a folder of their own and into this list:
 * `recognise` looks at the beginning, `read` makes records of it and says what has no place here.
 */
export interface Format {
  readonly name: string;
  /** As a person calls it, after "as". */
  readonly label: string;
  recognise(start: string, fileName: string, options: ReadOptions): boolean;
  /** Throws FILE_INVALID with line and path. */
  read(file: NamedText, options: ReadOptions): FileContent | TableContent;
}

interface NamedText {
  readonly text: string;
  readonly name: string;
}

const rackhelm: Format = {
  name: 'rackhelm',
  label: 'Rackhelm inventory',
  recognise: (start) => /^["']?rackhelm["']?\s*:|^\s*\{\s*"rackhelm"\s*:/m.test(start),
  read: ({ text }) => readInventoryFile(text),
};

const table: Format = {
  name: 'csv',
  label: 'Table (CSV)',
  recognise: (_start, fileName, { kind }) => kind !== null || /\.(csv|tsv)$/i.test(fileName),
  read: ({ text, name }, options) => readCsv(text, name, options),
};

/** Tables first: their name or a person says so, and their cells may say anything. */
const formats: readonly Format[] = [table, rackhelm];

/** Characters at the beginning that formats are told by. */
const startLength = 4_096;

/** Throws FILE_INVALID for a file that is none of them. */
export function formatOf({ text }: DecodedFile, fileName: string, options: ReadOptions): Format {
  const start = text.slice(0, startLength);
  const found = formats.find((format) => format.recognise(start, fileName, options));
  if (found !== undefined) return found;
  if (['manufacturer', 'model', 'slug'].every((key) => new RegExp(`^${key}:`, 'm').test(start))) {
    throw new RackhelmError('FILE_INVALID', `${fileName} is a file of a device-type library.`, {
      hint: 'In the window, Import on the tab Device types of Racks takes it as it is.',
    });
  }
  throw new RackhelmError('FILE_INVALID', `${fileName} is in no format that is read.`, {
    hint: `Read are: ${formats.map(({ label }) => label).join(', ')}. Of a table, say the kind.`,
  });
}
