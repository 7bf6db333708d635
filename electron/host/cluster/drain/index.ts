export { createDrain, type Drain } from './drain.ts';
