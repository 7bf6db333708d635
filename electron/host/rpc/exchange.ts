import { rpc } from './base.ts';

const { exchange } = rpc;

export const exchangeRouter = {
  open: exchange.open.handler(({ context, input }) => context.host.ready().exchange.open(input)),
  send: exchange.send.handler(({ context, input }) => context.host.ready().exchange.send(input)),
  compare: exchange.compare.handler(({ context, input }) =>
    context.host.ready().exchange.compare(input),
  ),
  differences: exchange.differences.handler(({ context, input }) =>
    context.host.ready().exchange.differences(input),
  ),
  apply: exchange.apply.handler(({ context, input }) => context.host.ready().exchange.apply(input)),
  close: exchange.close.handler(({ context, input }) => context.host.ready().exchange.close(input)),
  write: exchange.write.handler(({ context, input }) => context.host.ready().exchange.write(input)),
  read: exchange.read.handler(({ context, input }) => context.host.ready().exchange.read(input)),
};
