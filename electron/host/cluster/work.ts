import { type Actions, createActions } from './actions/index.ts';
import { createDrain, type Drain, type DrainNeeds } from './drain/index.ts';

/** What is done to clusters, as opposed to being looked at. */
export interface ClusterWork {
  readonly actions: Actions;
  readonly drain: Drain;
}

/** Registers the kinds of jobs of clusters. */
export function createClusterWork(needs: DrainNeeds): ClusterWork {
  return { actions: createActions(needs), drain: createDrain(needs) };
}
