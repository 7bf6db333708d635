import { rpc } from './base.ts';

const { history } = rpc;

export const historyRouter = {
  list: history.list.handler(({ context, input }) => context.host.ready().history.list(input)),
  changes: history.changes.handler(({ context, input }) =>
    context.host.ready().history.changes(input),
  ),
  state: history.state.handler(({ context }) => context.host.ready().history.state()),
  undo: history.undo.handler(({ context, input }) => context.host.ready().history.undo(input)),
  redo: history.redo.handler(({ context, input }) => context.host.ready().history.redo(input)),
};
