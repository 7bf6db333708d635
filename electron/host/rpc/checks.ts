import { rpc } from './base.ts';

const { checks } = rpc;

export const checksRouter = {
  run: checks.run.handler(({ context, input, signal }) =>
    context.host.ready().deviceChecks.run(input, signal),
  ),
  of: checks.of.handler(({ context, input }) => context.host.ready().checks.of(input.subjectIds)),
  history: checks.history.handler(({ context, input }) =>
    context.host.ready().checks.history(input),
  ),
  accept: checks.accept.handler(({ context, input }) => {
    context.host.ready().checks.accept(input);
    return {};
  }),
  unaccept: checks.unaccept.handler(({ context, input }) => {
    context.host.ready().checks.unaccept(input);
    return {};
  }),
};
