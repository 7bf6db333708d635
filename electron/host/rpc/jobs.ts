import { writeRunbook } from '../../../shared/jobs/runbook.ts';
import { rpc } from './base.ts';

const { jobs } = rpc;

export const jobsRouter = {
  list: jobs.list.handler(({ context, input }) => context.host.ready().jobs.list(input)),
  get: jobs.get.handler(({ context, input }) => context.host.ready().jobs.get(input.id)),
  evidence: jobs.evidence.handler(({ context, input }) => ({
    probed: context.host.ready().jobs.evidence(input.id, input.stepId),
  })),
  follow: jobs.follow.handler(({ context, input, signal }) =>
    context.host.ready().jobs.follow(input.id, signal),
  ),
  log: jobs.log.handler(({ context, input: { id, ...query } }) =>
    context.host.ready().jobs.log(id, query),
  ),
  cancel: jobs.cancel.handler(async ({ context, input }) => ({
    job: await context.host.ready().jobs.cancel(input.id),
  })),
  resume: jobs.resume.handler(async ({ context, input: { id, from } }) => ({
    job: await context.host.ready().jobs.resume(id, { from, attended: true }),
  })),
  undo: jobs.undo.handler(async ({ context, input }) => ({
    job: await context.host.ready().jobs.undo(input.id, { attended: true }),
  })),
  leave: jobs.leave.handler(async ({ context, input }) => ({
    job: await context.host.ready().jobs.leave(input.id),
  })),
  answer: jobs.answer.handler(({ context, input: { id, questionId, answer } }) =>
    context.host.ready().jobs.answer(id, questionId, answer),
  ),
  runbook: jobs.runbook.handler(({ context, input: { id, format } }) => {
    const { plan, about } = context.host.ready().jobs.plan(id);
    return writeRunbook(plan, about, format);
  }),
};
