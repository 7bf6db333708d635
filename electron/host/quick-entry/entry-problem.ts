import { RackhelmError } from '../../../shared/model/errors.ts';
import type { EntryField } from '../../../shared/quick-entry/entry.ts';
import { entryFields } from '../../../shared/quick-entry/entry.ts';

export interface EntryProblem {
  /** Null: of the device as a whole. */
  readonly field: EntryField | null;
  readonly text: string;
}

/** Ends the writing of one device with everything that is wrong with it. */
export class EntryFault extends Error {
  readonly problems: readonly EntryProblem[];

  constructor(problems: readonly EntryProblem[]) {
    super(problems.map(({ text }) => text).join(' '));
    this.name = 'EntryFault';
    this.problems = problems;
  }
}

/** What any failure means for the entry; undefined: it is no fault of what was typed. */
export function problemsOf(error: unknown): readonly EntryProblem[] | undefined {
  if (error instanceof EntryFault) return error.problems;
  if (!(error instanceof RackhelmError)) return undefined;
  if (!['INVALID_INPUT', 'DUPLICATE', 'NOT_FOUND'].includes(error.code)) return undefined;
  return [{ field: fieldOf(error.data.field), text: error.message }];
}

/** Rules name a reference by its column. */
function fieldOf(name: unknown): EntryField | null {
  const plain = typeof name === 'string' ? name.replace(/Id$/, '') : '';
  return entryFields.find((field) => field === plain) ?? null;
}
