import { rpc } from './base.ts';

const { machines } = rpc;

export const machinesRouter = {
  connect: machines.connect.handler(({ context, input, signal }) =>
    context.host.ready().attempts.connect(input, signal),
  ),
  refresh: machines.refresh.handler(({ context, input }) =>
    context.host.ready().refreshes.start(input, 'refresh'),
  ),
  answer: machines.answer.handler(({ context, input }) =>
    context.host.ready().attempts.answer(input),
  ),
  add: machines.add.handler(({ context, input }) => context.host.ready().attempts.add(input)),
};
