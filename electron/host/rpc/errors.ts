import { ORPCError } from '@orpc/server';
import { RackhelmError } from '../../../shared/model/errors.ts';

/**
 * Turns what a service throws into what crosses the contract. Our own errors keep code, message and
 * hint; anything else is reported to the log and told as INTERNAL, without its details.
 */
export function toRpcError(error: unknown, report: (error: unknown) => void): unknown {
  if (error instanceof ORPCError) return error;
  if (!(error instanceof RackhelmError)) report(error);
  const known =
    error instanceof RackhelmError
      ? error
      : new RackhelmError('INTERNAL', 'Something went wrong inside Rackhelm.');
  return new ORPCError(known.code, {
    message: known.message,
    data: { hint: known.hint, data: known.data },
  });
}
