import { rpc } from './base.ts';

const { proposals } = rpc;

export const proposalsRouter = {
  list: proposals.list.handler(({ context, input }) => context.host.ready().proposals.list(input)),
  counts: proposals.counts.handler(({ context, input }) =>
    context.host.ready().proposals.counts(input?.deviceId ?? null),
  ),
  accept: proposals.accept.handler(({ context, input }) =>
    context.host.ready().heavy.run('acceptProposals', input),
  ),
  dismiss: proposals.dismiss.handler(({ context, input }) =>
    context.host.ready().heavy.run('dismissProposals', input),
  ),
  restore: proposals.restore.handler(({ context, input }) =>
    context.host.ready().proposals.restore(input.keys),
  ),
};
