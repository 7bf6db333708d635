import { RackhelmError } from '../../../shared/model/errors.ts';
import { checkCopy, listCopies } from './copies.ts';
import { exchangeDatabase } from './exchange.ts';
import { dataError } from './sqlite-errors.ts';

/**
 * Puts an automatic copy in the place of a damaged database. The damaged file and its write-ahead
 * log stay beside it under the returned name. `copyFile` must be one that the copies list names.
 * Holds after a crash in the middle: the next start then finishes it.
 * Throws NOT_FOUND for any other file, DATA_DAMAGED when the copy is not whole.
 */
export function recoverDatabase(dataDirectory: string, copyFile: string): { keptAs: string } {
  const copy = listCopies(dataDirectory).find(({ file }) => file === copyFile);
  if (copy === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This file is not one of the automatic copies.', {
      hint: 'Choose a copy from the list.',
    });
  }
  const checked = checkCopy(copy.file);
  if (typeof checked === 'string') {
    throw new RackhelmError('DATA_DAMAGED', `This copy is damaged too: ${checked}.`, {
      hint: 'Choose another copy.',
    });
  }
  try {
    return { keptAs: exchangeDatabase(dataDirectory, copy.file) };
  } catch (error) {
    throw dataError(error, dataDirectory);
  }
}
