import { rpc } from './base.ts';

const { cabling } = rpc;

export const cablingRouter = {
  list: cabling.list.handler(({ context, input }) => context.host.ready().cabling.list(input)),
  trace: cabling.trace.handler(({ context, input }) =>
    context.host.ready().cabling.trace(input.socketId),
  ),
  sockets: cabling.sockets.handler(({ context, input }) =>
    context.host.ready().cabling.sockets(input),
  ),
  devices: cabling.devices.handler(({ context, input }) =>
    context.host.ready().cabling.devices(input),
  ),
  connect: cabling.connect.handler(({ context, input }) =>
    context.host.ready().cabling.connect(input),
  ),
  connectMany: cabling.connectMany.handler(({ context, input }) =>
    context.host.ready().cabling.connectMany(input),
  ),
  links: cabling.links.handler(({ context, input }) => context.host.ready().cabling.links(input)),
  acceptLinks: cabling.acceptLinks.handler(({ context, input }) =>
    context.host.ready().cabling.acceptLinks(input.items),
  ),
  dismissLinks: cabling.dismissLinks.handler(({ context, input }) =>
    context.host.ready().cabling.dismissLinks(input.keys),
  ),
  restoreLinks: cabling.restoreLinks.handler(({ context, input }) =>
    context.host.ready().cabling.restoreLinks(input.keys),
  ),
};
