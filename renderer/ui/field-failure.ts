import { useState } from 'react';

interface FailureText {
  readonly message: string;
  readonly hint: string;
  /** Of the host: `field`, or the `path` in what was sent. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The field that a refusal is about, as the contract names it; null: none in particular. */
export function fieldOf({ data }: Pick<FailureText, 'data'>): string | null {
  if (typeof data.field === 'string') return data.field;
  const path: readonly unknown[] = Array.isArray(data.path) ? data.path : [];
  const last = path.findLast((part) => typeof part === 'string');
  return typeof last === 'string' ? last : null;
}

interface FieldFailure<F extends FailureText> {
  /** What stands beside the field, else null. */
  errorOf(...fields: readonly string[]): string | null;
  /** Keeps what belongs to one of the form's fields; gives back what does not. */
  take(failure: F): F | null;
  /** Something else is typed by now. */
  forget(): void;
}

/** Puts a refusal by the host beside the field that it is about. */
export function useFieldFailure<F extends FailureText>(shown: readonly string[]): FieldFailure<F> {
  const [failure, setFailure] = useState<F | null>(null);
  const field = failure === null ? null : fieldOf(failure);
  return {
    errorOf: (...fields) =>
      failure !== null && field !== null && fields.includes(field)
        ? `${failure.message} ${failure.hint}`
        : null,
    take(next) {
      const own = shown.includes(fieldOf(next) ?? '');
      setFailure(own ? next : null);
      return own ? null : next;
    },
    forget: () => setFailure(null),
  };
}
