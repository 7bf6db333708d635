import { rpc } from './base.ts';

const { inventory } = rpc;

export const inventoryRouter = {
  summary: inventory.summary.handler(({ context }) => context.host.ready().inventory.summary()),
  sites: inventory.sites.handler(({ context }) => context.host.ready().inventory.sites()),
  racks: inventory.racks.handler(({ context }) => context.host.ready().inventory.racks()),
  createRack: inventory.createRack.handler(({ context, input }) =>
    context.host.ready().inventory.createRack(input),
  ),
  updateRack: inventory.updateRack.handler(({ context, input }) =>
    context.host.ready().inventory.updateRack(input),
  ),
  removeRack: inventory.removeRack.handler(({ context, input }) =>
    context.host.ready().inventory.removeRack(input),
  ),
  rackRemovalPreview: inventory.rackRemovalPreview.handler(({ context, input }) =>
    context.host.ready().inventory.rackRemovalPreview(input.id),
  ),
  samplePreview: inventory.samplePreview.handler(({ context }) =>
    context.host.ready().inventory.samplePreview(),
  ),
  removeSample: inventory.removeSample.handler(({ context }) =>
    context.host.ready().heavy.run('removeSample', undefined),
  ),
  services: inventory.services.handler(({ context }) => context.host.ready().inventory.services()),
  tags: inventory.tags.handler(({ context }) => context.host.ready().inventory.tags()),
  search: inventory.search.handler(({ context, input }) =>
    context.host.ready().inventory.search(input),
  ),
  openSample: inventory.openSample.handler(({ context }) => {
    const host = context.host.ready();
    return host.heavy.run('openSample', { text: host.readResource('sample-rack.yaml') });
  }),
};
