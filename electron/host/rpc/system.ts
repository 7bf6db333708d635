import { rpc } from './base.ts';

const { system } = rpc;

export const systemRouter = {
  info: system.info.handler(({ context }) => context.host.info()),
  keepPlace: system.keepPlace.handler(({ context, input }) => {
    context.host.place.keep(input.address);
    return {};
  }),
  watch: system.watch.handler(({ context, signal }) => context.host.watch(signal)),
  damage: system.damage.handler(({ context }) => context.host.damage()),
  recover: system.recover.handler(({ context, input }) => context.host.recover(input.file)),
  displacement: system.displacement.handler(({ context }) => context.host.displacement()),
  putBack: system.putBack.handler(({ context }) => context.host.putBack()),
  takeFound: system.takeFound.handler(({ context }) => context.host.takeFound()),
};
