import { rpc } from './base.ts';

const { machines } = rpc;

export const machinesRouter = {
  connect: machines.connect.handler(({ context, input, signal }) =>
    context.host.ready().attempts.connect(input, signal),
  ),
  refresh: machines.refresh.handler(({ context, input }) =>
    context.host.ready().refreshes.start(input, 'refresh'),
  ),
  schedule: machines.schedule.handler(({ context }) => context.host.ready().schedule.get()),
  setSchedule: machines.setSchedule.handler(({ context, input }) =>
    context.host.ready().schedule.set(input.everyMinutes),
  ),
  answer: machines.answer.handler(({ context, input }) =>
    context.host.ready().attempts.answer(input),
  ),
  preview: machines.preview.handler(({ context, input }) =>
    context.host.ready().attempts.preview(input),
  ),
  add: machines.add.handler(({ context, input }) => context.host.ready().attempts.add(input)),
};
