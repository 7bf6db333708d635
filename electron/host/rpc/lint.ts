import { rpc } from './base.ts';

const { lint } = rpc;

export const lintRouter = {
  list: lint.list.handler(({ context, input }) => context.host.ready().lint.list(input)),
  of: lint.of.handler(({ context, input }) => context.host.ready().lint.of(input)),
  preview: lint.preview.handler(({ context, input: { values, ...rest } }) =>
    context.host.ready().lint.preview({
      ...rest,
      values: Object.fromEntries(values.map(({ field, value }) => [field, value])),
    }),
  ),
  silence: lint.silence.handler(({ context, input }) =>
    context.host.ready().silencing.silence(input),
  ),
  unsilence: lint.unsilence.handler(({ context, input }) =>
    context.host.ready().silencing.unsilence(input),
  ),
};
