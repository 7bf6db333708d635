import { rpc } from './base.ts';

const { onboarding } = rpc;

export const onboardingRouter = {
  drafts: onboarding.drafts.handler(({ context }) => context.host.ready().onboarding.drafts.list()),
  draft: onboarding.draft.handler(({ context, input }) =>
    context.host.ready().onboarding.drafts.get(input.id),
  ),
  create: onboarding.create.handler(({ context, input }) =>
    context.host.ready().onboarding.drafts.create(input.machines),
  ),
  change: onboarding.change.handler(({ context, input }) =>
    context.host.ready().onboarding.drafts.change(input),
  ),
  delete: onboarding.delete.handler(({ context, input }) => {
    context.host.ready().onboarding.drafts.delete(input.id);
    return {};
  }),
  watch: onboarding.watch.handler(({ context, signal }) =>
    context.host.ready().onboarding.drafts.watch(signal),
  ),
  configuredHosts: onboarding.configuredHosts.handler(({ context }) =>
    context.host.ready().onboarding.finding.configuredHosts(),
  ),
  leases: onboarding.leases.handler(({ context, input }) =>
    context.host.ready().onboarding.finding.leases(input),
  ),
  scannable: onboarding.scannable.handler(({ context }) =>
    context.host.ready().onboarding.finding.scannable(),
  ),
  scan: onboarding.scan.handler(({ context, input, signal }) =>
    context.host.ready().onboarding.finding.scan(input, signal),
  ),
  connect: onboarding.connect.handler(({ context, input, signal }) =>
    context.host.ready().onboarding.connect(input, signal),
  ),
  roles: onboarding.roles.handler(({ context, input }) =>
    context.host.ready().onboarding.roles(input.id),
  ),
  offers: onboarding.offers.handler(({ context, input }) =>
    context.host.ready().onboarding.offers(input.id),
  ),
  check: onboarding.check.handler(({ context, input, signal }) =>
    context.host.ready().onboarding.check(input, signal),
  ),
  plan: onboarding.plan.handler(({ context, input, signal }) =>
    context.host.ready().onboarding.plan(input, signal),
  ),
  joining: onboarding.joining.handler(({ context, input, signal }) =>
    context.host.ready().onboarding.joining(input, signal),
  ),
  answer: onboarding.answer.handler(({ context, input }) =>
    context.host.ready().onboarding.answer(input),
  ),
  run: onboarding.run.handler(({ context, input }) => context.host.ready().onboarding.run(input)),
  report: onboarding.report.handler(({ context, input }) =>
    context.host.ready().onboarding.report(input),
  ),
  answers: onboarding.answers.handler(({ context, input }) =>
    context.host.ready().onboarding.answers(input.id),
  ),
  planMending: onboarding.planMending.handler(({ context, input, signal }) =>
    context.host.ready().onboarding.mending.plan(input, signal),
  ),
  mend: onboarding.mend.handler(({ context, input }) =>
    context.host.ready().onboarding.mending.run(input),
  ),
  offboarding: onboarding.offboarding.handler(({ context, input }) =>
    context.host.ready().onboarding.offBoarding.preview(input),
  ),
  offboard: onboarding.offboard.handler(({ context, input }) =>
    context.host.ready().onboarding.offBoarding.run(input),
  ),
};
