import { type ErrorCode, RackhelmError } from '../../../shared/model/errors.ts';

/**
 * What a thread may be asked, by name. All of it crosses by structured clone: plain data, bytes, maps,
 * no functions. `part` is what it tells before it has ended; `never` where it tells nothing.
 */
export type Asks = Readonly<
  Record<string, { readonly input: unknown; readonly output: unknown; readonly part: unknown }>
>;

/** To the thread: one question at a time; `more` when the part before was taken. */
export type ToThread = { type: 'ask'; name: string; input: unknown } | { type: 'more' };

export type FromThread =
  | { type: 'part'; part: unknown }
  | { type: 'done'; output: unknown }
  | { type: 'failed'; error: ClonedError };

/** A RackhelmError keeps its code, sentence and hint across threads; others their text. */
export type ClonedError =
  | {
      known: true;
      code: ErrorCode;
      message: string;
      hint: string;
      data: Readonly<Record<string, unknown>>;
    }
  | { known: false; name: string; message: string; stack: string | null };

export function cloneError(error: unknown): ClonedError {
  if (error instanceof RackhelmError) {
    const { code, message, hint, data } = error;
    return { known: true, code, message, hint, data };
  }
  if (!(error instanceof Error)) {
    return { known: false, name: 'Error', message: String(error), stack: null };
  }
  return { known: false, name: error.name, message: error.message, stack: error.stack ?? null };
}

export function restoreError(cloned: ClonedError): Error {
  if (cloned.known) {
    const { code, message, hint, data } = cloned;
    return new RackhelmError(code, message, { hint, data });
  }
  const error = new Error(cloned.message);
  error.name = cloned.name;
  if (cloned.stack !== null) error.stack = cloned.stack;
  return error;
}
