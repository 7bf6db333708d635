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
};
