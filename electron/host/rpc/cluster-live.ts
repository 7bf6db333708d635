import { rpc } from './base.ts';

const { live } = rpc.cluster;

/** A caller in the same process may have no signal. */
const whole = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

export const clusterLiveRouter = {
  kinds: live.kinds.handler(({ context, input }) => context.host.ready().clusterLive.kinds(input)),
  list: live.list.handler(({ context, input, signal }) =>
    context.host.ready().clusterLive.list(input, whole(signal)),
  ),
  follow: live.follow.handler(({ context, input, signal }) =>
    context.host.ready().clusterLive.follow(input, whole(signal)),
  ),
  object: live.object.handler(({ context, input, signal }) =>
    context.host.ready().clusterLive.object(input, whole(signal)),
  ),
  followObject: live.followObject.handler(({ context, input, signal }) =>
    context.host.ready().clusterLive.followObject(input, whole(signal)),
  ),
  reveal: live.reveal.handler(({ context, input, signal }) =>
    context.host.ready().clusterLive.reveal(input, whole(signal)),
  ),
};
