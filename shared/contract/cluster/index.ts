import { contexts } from './contexts.ts';
import { drain } from './drain.ts';
import { live } from './live.ts';

/** The area of the cluster. */
export const cluster = { contexts, drain, live };
