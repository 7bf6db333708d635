import { rpc } from './base.ts';
import { defined } from './defined.ts';

const { engines, live } = rpc.containers;

/** A caller in the same process may have no signal. */
const whole = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

const enginesRouter = {
  sources: engines.sources.handler(({ context }) =>
    context.host.ready().containers.engines.sources(),
  ),
  list: engines.list.handler(({ context }) => ({
    engines: context.host.ready().containers.engines.list(),
  })),
  add: engines.add.handler(({ context, input }) =>
    context.host.ready().containers.engines.add({ ...defined(input), way: input.way }),
  ),
  rename: engines.rename.handler(({ context, input }) => {
    context.host.ready().containers.engines.rename(input.id, input.name);
    return {};
  }),
  forget: engines.forget.handler(async ({ context, input }) => {
    await context.host.ready().containers.engines.forget(input.id);
    return {};
  }),
  test: engines.test.handler(({ context, input, signal }) =>
    context.host.ready().containers.engines.test(input.id, whole(signal)),
  ),
};

const liveRouter = {
  list: live.list.handler(({ context, input, signal }) =>
    context.host.ready().containers.live.list(input, whole(signal)),
  ),
  follow: live.follow.handler(({ context, input, signal }) =>
    context.host.ready().containers.live.follow(input, whole(signal)),
  ),
  overview: live.overview.handler(({ context, input, signal }) =>
    context.host.ready().containers.live.overview(input.engineId, whole(signal)),
  ),
};

export const containersRouter = rpc.containers.router({
  engines: enginesRouter,
  live: liveRouter,
});
