import { rpc } from './base.ts';

const { networks } = rpc;

export const networksRouter = {
  vlans: networks.vlans.handler(({ context, input }) => context.host.ready().networks.vlans(input)),
  vlan: networks.vlan.handler(({ context, input }) => context.host.ready().networks.vlan(input)),
  addVlans: networks.addVlans.handler(({ context, input }) =>
    context.host.ready().networks.addVlans(input),
  ),
  tree: networks.tree.handler(({ context, input }) => context.host.ready().networks.tree(input)),
  freePrefixes: networks.freePrefixes.handler(({ context, input }) =>
    context.host.ready().networks.freePrefixes(input),
  ),
  split: networks.split.handler(({ context, input }) => context.host.ready().networks.split(input)),
  map: networks.map.handler(({ context, input }) => context.host.ready().networks.map(input)),
  addresses: networks.addresses.handler(({ context, input }) =>
    context.host.ready().networks.addresses(input),
  ),
  switches: networks.switches.handler(({ context, input }) =>
    context.host.ready().networks.switches(input),
  ),
  ports: networks.ports.handler(({ context, input }) => context.host.ready().networks.ports(input)),
  setPortVlans: networks.setPortVlans.handler(({ context, input }) =>
    context.host.ready().heavy.run('setPortVlans', input),
  ),
};
