import { type Actions, createActions } from './actions/index.ts';
import { createDrain, type Drain } from './drain/index.ts';
import { createUpkeep, type Upkeep, type UpkeepNeeds } from './upkeep/index.ts';

/** What is done to clusters, as opposed to being looked at. */
export interface ClusterWork {
  readonly actions: Actions;
  readonly drain: Drain;
  readonly upkeep: Upkeep;
}

/** Registers the kinds of jobs of clusters. */
export function createClusterWork(needs: UpkeepNeeds): ClusterWork {
  return {
    actions: createActions(needs),
    drain: createDrain(needs),
    upkeep: createUpkeep(needs),
  };
}
