import { rpc } from './base.ts';
import { clusterContextsRouter } from './cluster-contexts.ts';
import { clusterDrainRouter } from './cluster-drain.ts';
import { clusterDriftRouter, clusterQuestionsRouter } from './cluster-drift.ts';
import { clusterLiveRouter } from './cluster-live.ts';

export const clusterRouter = rpc.cluster.router({
  contexts: clusterContextsRouter,
  drain: clusterDrainRouter,
  drift: clusterDriftRouter,
  live: clusterLiveRouter,
  questions: clusterQuestionsRouter,
});
