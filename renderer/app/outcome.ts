import { type Failure, toFailure } from '../rpc/failure.ts';

/** What became of a command: dialogs show a failure where the person is, others in a notice. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export async function attempt<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}
