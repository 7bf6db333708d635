import { rpc } from './base.ts';

const { drain } = rpc.cluster;

/** A caller in the same process may have no signal. */
const whole = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

export const clusterDrainRouter = {
  preview: drain.preview.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.drain.preview(input, whole(signal)),
  ),
  run: drain.run.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.drain.run(input, whole(signal)),
  ),
};
