import { contexts } from './contexts.ts';

/** The area of the cluster. */
export const cluster = { contexts };
