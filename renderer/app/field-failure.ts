import { useState } from 'react';
import { errorTable } from '../../shared/model/errors.ts';
import { correctIt, type Failure } from '../rpc/failure.ts';

/** The field that a refusal is about, as the contract names it; null: none in particular. */
export function fieldOf({ data }: Pick<Failure, 'data'>): string | null {
  if (typeof data.field === 'string') return data.field;
  const path: readonly unknown[] = Array.isArray(data.path) ? data.path : [];
  const last = path.findLast((part) => typeof part === 'string');
  return typeof last === 'string' ? last : null;
}

/** Hints that say no more than the place where the sentence stands. */
const plain: ReadonlySet<string> = new Set([errorTable.INVALID_INPUT.hint, correctIt]);

/** What stands at the field itself. */
export function besideField({ message, hint }: Pick<Failure, 'message' | 'hint'>): string {
  return plain.has(hint) ? message : `${message} ${hint}`;
}

interface FieldFailure {
  /** What stands beside these fields, else null. */
  errorOf(...fields: readonly string[]): string | null;
  /** Keeps what belongs to one of the form's fields; gives back what does not. */
  take(failure: Failure): Failure | null;
  /** Something else is typed by now. */
  forget(): void;
}

/** Puts a refusal by the host beside the field that it is about. */
export function useFieldFailure(shown: readonly string[]): FieldFailure {
  const [failure, setFailure] = useState<Failure | null>(null);
  const field = failure === null ? null : fieldOf(failure);
  return {
    errorOf: (...fields) =>
      failure !== null && field !== null && fields.includes(field) ? besideField(failure) : null,
    take(next) {
      const own = shown.includes(fieldOf(next) ?? '');
      setFailure(own ? next : null);
      return own ? null : next;
    },
    forget: () => setFailure(null),
  };
}
