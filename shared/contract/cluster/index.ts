import { actions } from './actions.ts';
import { contexts } from './contexts.ts';
import { drain } from './drain.ts';
import { drift } from './drift.ts';
import { live } from './live.ts';
import { pods } from './pods.ts';
import { questions } from './questions.ts';
import { upkeep } from './upkeep.ts';

/** The area of the cluster. */
export const cluster = { actions, contexts, drain, drift, live, pods, questions, upkeep };
