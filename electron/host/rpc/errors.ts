import { ORPCError } from '@orpc/server';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { constraintOf } from '../db/index.ts';

/** The part of the host that hears of failures: of the database, it may end all use of it. */
export interface FaultListener {
  report(error: unknown): void;
  /** What to tell instead of this failure, if the host knows better. */
  noteFault(error: unknown): unknown;
}

/**
 * Turns what a service throws into what crosses the contract. Our own errors keep code, message and
 * hint; anything else is reported to the log and told as INTERNAL, without its details.
 */
export function toRpcError(thrown: unknown, host: FaultListener): unknown {
  if (thrown instanceof ORPCError) return thrown;
  const error = host.noteFault(thrown);
  if (!(error instanceof RackhelmError)) host.report(error);
  const known =
    error instanceof RackhelmError
      ? error
      : (refusedByTables(error) ??
        new RackhelmError('INTERNAL', 'Something went wrong inside Rackhelm.'));
  return new ORPCError(known.code, {
    message: known.message,
    data: { hint: known.hint, data: known.data },
  });
}

/** What a service did not foresee and the tables refuse: an id of something else, or of what is gone. */
function refusedByTables(error: unknown): RackhelmError | undefined {
  switch (constraintOf(error)?.type) {
    case undefined:
      return undefined;
    case 'reference':
      return new RackhelmError('NOT_FOUND', 'What this refers to does not exist any more.');
    case 'unique':
      return new RackhelmError('DUPLICATE', 'There is one like this already.');
    default:
      return new RackhelmError('INVALID_INPUT', 'The inventory cannot hold it like this.');
  }
}
