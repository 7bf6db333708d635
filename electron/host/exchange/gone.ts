import { RackhelmError } from '../../../shared/model/errors.ts';

/** The host holds a file for a while only. */
export function gone(): RackhelmError {
  return new RackhelmError('NOT_FOUND', 'This file is not held any more.', {
    hint: 'Choose it again.',
  });
}
