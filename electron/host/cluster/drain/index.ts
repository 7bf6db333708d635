export { type LookedUpJobs, otherWork } from './cluster-work.ts';
export { createDrain, type Drain, type DrainNeeds } from './drain.ts';
