import { rpc } from './base.ts';

const { records } = rpc;

export const recordsRouter = {
  list: records.list.handler(({ context, input }) =>
    context.host.ready().heavy.run('listRecords', input),
  ),
  ids: records.ids.handler(({ context, input }) =>
    context.host.ready().heavy.run('recordIds', input),
  ),
  get: records.get.handler(({ context, input }) => context.host.ready().records.get(input)),
  create: records.create.handler(({ context, input }) =>
    context.host.ready().records.create(input),
  ),
  update: records.update.handler(({ context, input }) =>
    context.host.ready().heavy.run('updateRecords', input),
  ),
  views: records.views.handler(({ context, input }) =>
    context.host.ready().records.views.list(input.kind),
  ),
  saveView: records.saveView.handler(({ context, input }) =>
    context.host.ready().records.views.save(input.kind, input.view),
  ),
  deleteView: records.deleteView.handler(({ context, input }) =>
    context.host.ready().records.views.delete(input.kind, input.name),
  ),
  removalPreview: records.removalPreview.handler(({ context, input }) =>
    context.host.ready().records.removalPreview(input),
  ),
  remove: records.remove.handler(({ context, input }) =>
    context.host.ready().heavy.run('removeRecords', input),
  ),
  duplicate: records.duplicate.handler(({ context, input }) =>
    context.host.ready().heavy.run('duplicate', input),
  ),
  duplicatePreview: records.duplicatePreview.handler(({ context, input }) =>
    context.host.ready().records.duplicatePreview(input),
  ),
};
