import { rpc } from './base.ts';
import { clusterActionsRouter } from './cluster-actions.ts';
import { clusterContextsRouter } from './cluster-contexts.ts';
import { clusterDrainRouter } from './cluster-drain.ts';
import { clusterDriftRouter, clusterQuestionsRouter } from './cluster-drift.ts';
import { clusterLiveRouter } from './cluster-live.ts';
import { clusterPodsRouter } from './cluster-pods.ts';
import { clusterUpkeepRouter } from './cluster-upkeep.ts';

export const clusterRouter = rpc.cluster.router({
  actions: clusterActionsRouter,
  contexts: clusterContextsRouter,
  drain: clusterDrainRouter,
  drift: clusterDriftRouter,
  live: clusterLiveRouter,
  pods: clusterPodsRouter,
  questions: clusterQuestionsRouter,
  upkeep: clusterUpkeepRouter,
});
