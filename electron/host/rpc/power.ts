import { rpc } from './base.ts';

const { power } = rpc;

export const powerRouter = {
  overview: power.overview.handler(({ context }) => context.host.ready().power.overview()),
  tree: power.tree.handler(({ context, input }) => context.host.ready().power.tree(input)),
  undocumented: power.undocumented.handler(({ context, input }) =>
    context.host.ready().power.undocumented(input),
  ),
  outlets: power.outlets.handler(({ context, input }) => context.host.ready().power.outlets(input)),
  device: power.device.handler(({ context, input }) =>
    context.host.ready().power.device(input.deviceId),
  ),
  addBreaker: power.addBreaker.handler(({ context, input }) =>
    context.host.ready().power.addBreaker(input),
  ),
  addUnit: power.addUnit.handler(({ context, input }) => context.host.ready().power.addUnit(input)),
  addOutlets: power.addOutlets.handler(({ context, input }) =>
    context.host.ready().power.addOutlets(input),
  ),
  plug: power.plug.handler(({ context, input }) => context.host.ready().power.plug(input)),
  unplug: power.unplug.handler(({ context, input }) => context.host.ready().power.unplug(input)),
};
