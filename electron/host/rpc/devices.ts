import { rpc } from './base.ts';
import { defined } from './defined.ts';

const { devices } = rpc;

export const devicesRouter = {
  list: devices.list.handler(({ context, input }) =>
    context.host.ready().inventory.devices.list(input),
  ),
  columns: devices.columns.handler(({ context, input }) =>
    context.host.ready().inventory.devices.columns(input),
  ),
  get: devices.get.handler(({ context, input }) =>
    context.host.ready().inventory.devices.details(input.id),
  ),
  interfaces: devices.interfaces.handler(({ context, input }) =>
    context.host.ready().inventory.devices.interfaces(input),
  ),
  create: devices.create.handler(({ context, input }) =>
    context.host.ready().inventory.devices.create(defined(input)),
  ),
  update: devices.update.handler(({ context, input }) =>
    context.host.ready().heavy.run('update', { ...input, patch: defined(input.patch) }),
  ),
  tag: devices.tag.handler(({ context, input }) => context.host.ready().heavy.run('tag', input)),
  removalPreview: devices.removalPreview.handler(({ context, input }) =>
    context.host.ready().inventory.devices.removalPreview(input.ids),
  ),
  remove: devices.remove.handler(({ context, input }) =>
    context.host.ready().heavy.run('remove', input),
  ),
  compare: devices.compare.handler(({ context, input }) =>
    context.host.ready().heavy.run('compare', input),
  ),
  accept: devices.accept.handler(({ context, input }) =>
    context.host.ready().heavy.run('accept', input),
  ),
  keepMine: devices.keepMine.handler(({ context, input }) =>
    context.host.ready().heavy.run('keepMine', input),
  ),
  facts: devices.facts.handler(({ context, input }) =>
    context.host.ready().heavy.run('facts', input),
  ),
};
