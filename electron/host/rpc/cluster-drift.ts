import { rpc } from './base.ts';

const { drift, questions } = rpc.cluster;

/** A caller in the same process may have no signal. */
const whole = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

export const clusterDriftRouter = {
  list: drift.list.handler(({ context, input, signal }) =>
    context.host.ready().clusterCompare.drift.list(input, whole(signal)),
  ),
  accept: drift.accept.handler(({ context, input, signal }) =>
    context.host.ready().clusterCompare.drift.accept(input, whole(signal)),
  ),
  dismiss: drift.dismiss.handler(({ context, input, signal }) =>
    context.host.ready().clusterCompare.drift.dismiss(input, whole(signal)),
  ),
  restore: drift.restore.handler(({ context, input, signal }) =>
    context.host.ready().clusterCompare.drift.restore(input, whole(signal)),
  ),
};

export const clusterQuestionsRouter = {
  ask: questions.ask.handler(({ context, input, signal }) =>
    context.host.ready().clusterCompare.questions.ask(input, whole(signal)),
  ),
};
