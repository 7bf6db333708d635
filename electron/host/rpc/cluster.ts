import { rpc } from './base.ts';
import { clusterContextsRouter } from './cluster-contexts.ts';

export const clusterRouter = rpc.cluster.router({ contexts: clusterContextsRouter });
