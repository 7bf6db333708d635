import { rpc } from './base.ts';

const { contexts } = rpc.cluster;

/** A caller in the same process may have no signal. */
const whole = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

export const clusterContextsRouter = {
  sources: contexts.sources.handler(({ context, signal }) =>
    context.host.ready().clusterContexts.sources(whole(signal)),
  ),
  preview: contexts.preview.handler(({ context, input, signal }) =>
    context.host.ready().clusterContexts.preview(input.source, whole(signal)),
  ),
  fromNode: contexts.fromNode.handler(({ context, input, signal }) =>
    context.host.ready().clusterContexts.fromNode(input, signal),
  ),
  answer: contexts.answer.handler(({ context, input }) =>
    context.host.ready().clusterContexts.answer(input),
  ),
  take: contexts.take.handler(({ context, input, signal }) =>
    context.host.ready().clusterContexts.take(input, whole(signal)),
  ),
  list: contexts.list.handler(({ context }) => ({
    contexts: context.host.ready().clusterContexts.list(),
  })),
  rename: contexts.rename.handler(async ({ context, input }) => {
    await context.host.ready().clusterContexts.rename(input.id, input.name);
    return {};
  }),
  forget: contexts.forget.handler(async ({ context, input }) => {
    await context.host.ready().clusterContexts.forget(input.id);
    return {};
  }),
  test: contexts.test.handler(({ context, input, signal }) =>
    context.host.ready().clusterContexts.test(input.id, whole(signal)),
  ),
  allow: contexts.allow.handler(({ context, input, signal }) =>
    context.host.ready().clusterContexts.allow(input.of, input.hash, whole(signal)),
  ),
  disallow: contexts.disallow.handler(({ context, input }) => {
    context.host.ready().clusterContexts.disallow(input.hash);
    return {};
  }),
  commands: contexts.commands.handler(({ context }) => ({
    commands: context.host.ready().clusterContexts.commands(),
  })),
};
