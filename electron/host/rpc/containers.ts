import { rpc } from './base.ts';
import { defined } from './defined.ts';

const { container, engines, images, live } = rpc.containers;

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

const containerRouter = {
  page: container.page.handler(({ context, input, signal }) =>
    context.host.ready().containers.pages.page(input, whole(signal)),
  ),
  follow: container.follow.handler(({ context, input, signal }) =>
    context.host.ready().containers.pages.follow(input, whole(signal)),
  ),
  reveal: container.reveal.handler(({ context, input, signal }) =>
    context.host.ready().containers.pages.reveal(input, whole(signal)),
  ),
  act: container.act.handler(async ({ context, input, signal }) => ({
    results: await context.host.ready().containers.act(input, whole(signal)),
  })),
  stats: container.stats.handler(({ context, input, signal }) =>
    context.host.ready().containers.stats.follow(input, whole(signal)),
  ),
  logs: container.logs.handler(({ context, input, signal }) =>
    context.host.ready().containers.logs.follow(input, whole(signal)),
  ),
  readLog: container.readLog.handler(({ context, input }) =>
    context.host.ready().containers.logs.read(input),
  ),
};

const imagesRouter = {
  disk: images.disk.handler(({ context, input }) =>
    context.host.ready().containers.images.disk(input.engineId),
  ),
  layers: images.layers.handler(async ({ context, input, signal }) => {
    const { images: all } = context.host.ready().containers;
    return { layers: await all.layers(input.engineId, input.image, whole(signal)) };
  }),
  newer: images.newer.handler(async ({ context, input, signal }) => {
    const { images: all } = context.host.ready().containers;
    return { images: await all.newer(input.engineId, input.images, whole(signal)) };
  }),
  previewPrune: images.previewPrune.handler(({ context, input }) =>
    context.host.ready().containers.images.previewPrune(input.engineId, input.choice),
  ),
  prune: images.prune.handler(({ context, input }) =>
    context.host.ready().containers.images.prune(input.engineId, input.items, 'window'),
  ),
  pull: images.pull.handler(({ context, input }) =>
    context.host.ready().containers.images.pull(input.engineId, input.image, 'window'),
  ),
};

export const containersRouter = rpc.containers.router({
  container: containerRouter,
  engines: enginesRouter,
  images: imagesRouter,
  live: liveRouter,
});
