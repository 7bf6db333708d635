import { rpc } from './base.ts';

const { upkeep } = rpc.cluster;

export const clusterUpkeepRouter = {
  plan: upkeep.plan.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.upkeep.planned(input, signal),
  ),
  answer: upkeep.answer.handler(({ context, input }) =>
    context.host.ready().clusterWork.upkeep.answer(input),
  ),
  run: upkeep.run.handler(({ context, input }) =>
    context.host.ready().clusterWork.upkeep.run(input),
  ),
};
