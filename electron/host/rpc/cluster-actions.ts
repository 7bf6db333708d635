import { rpc } from './base.ts';

const { actions } = rpc.cluster;

/** A caller in the same process may have no signal. */
const whole = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

export const clusterActionsRouter = {
  preview: actions.preview.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.actions.preview(input, whole(signal)),
  ),
  run: actions.run.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.actions.run(input, whole(signal)),
  ),
  revisions: actions.revisions.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.actions.revisions(input, whole(signal)),
  ),
  editable: actions.editable.handler(({ context, input, signal }) =>
    context.host.ready().clusterWork.actions.editable(input, whole(signal)),
  ),
};
