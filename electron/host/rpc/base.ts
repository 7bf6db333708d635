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
  .use(async ({ context, next, signal }) => {
    for (;;) {
      try {
        const result = await next();
        if (!isStream(result.output)) return result;
        const output = told(result.output, { host: context.host, signal });
        return { ...result, output };
      } catch (error) {
        // It had done nothing yet, and has its turn when the other one has ended.
        if (!(error instanceof WriterAway)) throw toRpcError(error, context.host);
        await error.until;
      }
    }
  });

type Stream = AsyncIterable<unknown>;

function isStream(output: unknown): output is Stream {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

/** What a stream fails with after it began is told as any other failure is. */
async function* told(
  stream: Stream,
  { host, signal }: { readonly host: HostState; readonly signal: AbortSignal | undefined },
): AsyncGenerator<unknown, void, void> {
  try {
    yield* stream;
  } catch (error) {
    // Nobody listens any more, and having left is no fault.
    if (signal?.aborted) throw error;
    throw toRpcError(error, host);
  }
}
