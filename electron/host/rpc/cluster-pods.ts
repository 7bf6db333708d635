import { rpc } from './base.ts';

const { pods } = rpc.cluster;

/** A caller in the same process may have no signal. */
const whole = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

export const clusterPodsRouter = {
  target: pods.target.handler(({ context, input, signal }) =>
    context.host.ready().clusterPods.target(input, whole(signal)),
  ),
  logs: {
    follow: pods.logs.follow.handler(({ context, input, signal }) =>
      context.host.ready().clusterPods.logs.follow(input, whole(signal)),
    ),
    read: pods.logs.read.handler(({ context, input }) =>
      context.host.ready().clusterPods.logs.read(input),
    ),
  },
  terminals: {
    open: pods.terminals.open.handler(({ context, input, signal }) =>
      context.host.ready().clusterPods.terminals.open(input, whole(signal)),
    ),
    write: pods.terminals.write.handler(async ({ context, input }) => {
      await context.host.ready().clusterPods.terminals.write(input.id, input.data);
      return {};
    }),
    resize: pods.terminals.resize.handler(({ context, input }) => {
      context.host.ready().clusterPods.terminals.resize(input.id, input.size);
      return {};
    }),
    drawn: pods.terminals.drawn.handler(({ context, input }) => {
      context.host.ready().clusterPods.terminals.drawn(input.id, input.characters);
      return {};
    }),
  },
  forwards: {
    add: pods.forwards.add.handler(({ context, input, signal }) =>
      context.host.ready().clusterPods.forwards.add(input, whole(signal)),
    ),
    list: pods.forwards.list.handler(({ context }) => ({
      forwards: context.host.ready().clusterPods.forwards.list(),
    })),
    follow: pods.forwards.follow.handler(({ context, signal }) =>
      context.host.ready().clusterPods.forwards.follow(whole(signal)),
    ),
    stop: pods.forwards.stop.handler(({ context, input }) => {
      context.host.ready().clusterPods.forwards.stop(input.id);
      return {};
    }),
  },
  files: {
    list: pods.files.list.handler(({ context, input, signal }) =>
      context.host.ready().clusterPods.listFolder(input, whole(signal)),
    ),
    download: pods.files.download.handler(({ context, input, signal }) =>
      context.host.ready().clusterPods.download(input, whole(signal)),
    ),
  },
};
