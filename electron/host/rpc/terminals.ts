import { rpc } from './base.ts';

const { terminals } = rpc;

/** A caller in the same process may have no signal. */
const whole = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

export const terminalsRouter = {
  follow: terminals.follow.handler(({ context, signal }) =>
    context.host.ready().terminals.follow(whole(signal)),
  ),
  open: terminals.open.handler(({ context, input, signal }) =>
    context.host.ready().terminals.open(input, whole(signal)),
  ),
  answer: terminals.answer.handler(({ context, input }) =>
    context.host.ready().terminals.answer(input.id, input.questionId, input.answer),
  ),
  write: terminals.write.handler(async ({ context, input }) => {
    await context.host.ready().terminals.write(input.id, input.data);
    return {};
  }),
  resize: terminals.resize.handler(({ context, input }) => {
    context.host.ready().terminals.resize(input.id, input.size);
    return {};
  }),
  drawn: terminals.drawn.handler(({ context, input }) => {
    context.host.ready().terminals.drawn(input.id, input.characters);
    return {};
  }),
  end: terminals.end.handler(({ context, input }) => {
    context.host.ready().terminals.end(input.id);
    return {};
  }),
};
