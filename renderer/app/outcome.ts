import { type Failure, toFailure } from '../rpc/failure.ts';

/** What became of a command: dialogs show a failure where the person is, others in a notice. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export async function attempt<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    return { ok: false, failure: commandFailure(error) };
  }
}

/** Of a command the person must know more than that nothing answers: it may not have been done. */
export function commandFailure(error: unknown): Failure {
  const failure = toFailure(error);
  if (failure.code !== 'LINK_DOWN') return failure;
  return { ...failure, hint: 'What you did may not be kept. Look at it again once it answers.' };
}
