import { rpc } from './base.ts';

const { history } = rpc;

export const historyRouter = {
  list: history.list.handler(({ context, input }) => context.host.ready().history.list(input)),
  page: history.page.handler(({ context, input }) => context.host.ready().history.page(input)),
  people: history.people.handler(({ context }) => context.host.ready().history.people()),
  thing: history.thing.handler(({ context, input }) =>
    context.host.ready().history.thing(input.id),
  ),
  changes: history.changes.handler(({ context, input }) =>
    context.host.ready().history.changes(input),
  ),
  state: history.state.handler(({ context }) => context.host.ready().history.state()),
  undo: history.undo.handler(({ context, input }) => context.host.ready().heavy.run('undo', input)),
  redo: history.redo.handler(({ context, input }) => context.host.ready().heavy.run('redo', input)),
  revert: history.revert.handler(({ context, input }) =>
    context.host.ready().heavy.run('revert', input),
  ),
  setReason: history.setReason.handler(({ context, input }) =>
    context.host.ready().history.setReason(input),
  ),
  thingAt: history.thingAt.handler(({ context, input }) =>
    context.host.ready().heavy.run('thingAt', input),
  ),
  restore: history.restore.handler(({ context, input }) =>
    context.host.ready().heavy.run('restore', input),
  ),
};
