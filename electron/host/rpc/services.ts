import { serviceGraph } from '../services/index.ts';
import { rpc } from './base.ts';

const { services } = rpc;

export const servicesRouter = {
  graph: services.graph.handler(({ context, input }) =>
    serviceGraph(context.host.ready().database, input),
  ),
};
