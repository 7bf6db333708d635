import { rpc } from './base.ts';

const { gpus } = rpc;

/** A caller in the same process may have no signal. */
const whole = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

export const gpusRouter = {
  machines: gpus.machines.handler(({ context }) => [...context.host.ready().gpus.machines()]),
  look: gpus.look.handler(({ context, input, signal }) =>
    context.host.ready().gpus.look(input.deviceId, whole(signal)),
  ),
  watch: gpus.watch.handler(({ context, input, signal }) =>
    context.host.ready().gpus.watch(input.deviceId, signal),
  ),
  past: gpus.past.handler(({ context, input }) =>
    context.host.ready().gpus.past(input.deviceId, input.hours),
  ),
  keep: gpus.keep.handler(({ context, input }) => {
    context.host.ready().gpus.keep(input.deviceId, input.kept);
    return {};
  }),
  declare: gpus.declare.handler(({ context, input }) =>
    context.host.ready().gpus.declare(input.deviceId, input.cards),
  ),
  check: gpus.check.handler(({ context, input, signal }) =>
    context.host.ready().gpus.check(input.deviceId, whole(signal)),
  ),
};
