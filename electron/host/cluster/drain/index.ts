export { createDrain, type Drain, type DrainNeeds } from './drain.ts';
