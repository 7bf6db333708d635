import { rpc } from './base.ts';

const { racks } = rpc;

export const racksRouter = {
  elevation: racks.elevation.handler(({ context, input }) =>
    context.host.ready().racks.elevation(input),
  ),
  loose: racks.loose.handler(({ context, input }) => context.host.ready().racks.loose(input)),
  move: racks.move.handler(({ context, input }) =>
    context.host.ready().heavy.run('moveDevices', input),
  ),
  add: racks.add.handler(async ({ context, input }) => {
    const host = context.host.ready();
    return host.racks.add({ type: await host.deviceTypes.chosen(input.type), to: input.to });
  }),
};
