import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Kind } from '../../../shared/model/kinds/index.ts';
import type { DecodedFile } from './file-bytes.ts';
import type { FileContent } from './file-record.ts';
import { readInventoryFile } from './read-inventory.ts';

/** What a person may say about a file beyond the file itself. */
export interface ReadOptions {
  /** Of the rows of a table. */
  readonly kind: Kind | null;
}

/**
 * A format that is read. Those of other programs go into a folder of their own and into this list:
 * `recognise` looks at the beginning, `read` makes records of it and says what has no place here.
 */
export interface Format {
  readonly name: string;
  /** As a person calls it, after "as". */
  readonly label: string;
  recognise(start: string, fileName: string): boolean;
  /** Throws FILE_INVALID with line and path. */
  read(file: DecodedFile, options: ReadOptions): FileContent;
}

const rackhelm: Format = {
  name: 'rackhelm',
  label: 'Rackhelm inventory',
  recognise: (start) => /^["']?rackhelm["']?\s*:|^\s*\{\s*"rackhelm"\s*:/m.test(start),
  read: ({ text }) => readInventoryFile(text),
};

const formats: readonly Format[] = [rackhelm];

/** Characters at the beginning that formats are told by. */
const startLength = 4_096;

/** Throws FILE_INVALID for a file that is none of them. */
export function formatOf({ text }: DecodedFile, fileName: string): Format {
  const start = text.slice(0, startLength);
  const found = formats.find((format) => format.recognise(start, fileName));
  if (found !== undefined) return found;
  throw new RackhelmError('FILE_INVALID', `${fileName} is in no format that is read.`, {
    hint: `Read are: ${formats.map(({ label }) => label).join(', ')}.`,
  });
}
