import { rpc } from './base.ts';

const { upkeep } = rpc.cluster;

/** A caller in the same process may have no signal. */
const whole = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

export const clusterUpkeepRouter = {
  overview: upkeep.overview.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.upkeep.overview(input.contextId, whole(signal)),
  ),
  plan: upkeep.plan.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.upkeep.planned(input, signal),
  ),
  answer: upkeep.answer.handler(({ context, input }) =>
    context.host.ready().clusterWork.upkeep.answer(input),
  ),
  createToken: upkeep.createToken.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.upkeep.tokens.create(input, whole(signal)),
  ),
  deleteToken: upkeep.deleteToken.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.upkeep.tokens.delete(input, whole(signal)),
  ),
  run: upkeep.run.handler(({ context, input }) =>
    context.host.ready().clusterWork.upkeep.run(input),
  ),
};
