import { implement } from '@orpc/server';
import { contract } from '../../../shared/contract/index.ts';
import { WriterAway } from '../db/index.ts';
import type { HostState } from '../host-state.ts';
import { toRpcError } from './errors.ts';

/** What every procedure is given: the host as it stands, ready or damaged. */
export interface RpcContext {
  readonly host: HostState;
}

/** The contract with its context and the error border, from which each domain takes its part. */
export const rpc = implement(contract)
  .$context<RpcContext>()
  .use(async ({ context, next }) => {
    for (;;) {
      try {
        return await next();
      } catch (error) {
        // It had done nothing yet, and has its turn when the other one has ended.
        if (!(error instanceof WriterAway)) throw toRpcError(error, context.host);
        await error.until;
      }
    }
  });
