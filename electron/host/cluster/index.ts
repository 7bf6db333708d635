export { type Compare, createCompare } from './compare.ts';
export { type Contexts, createContexts } from './contexts/index.ts';
export {
  createJoining,
  type Joining,
  type JoinMachine,
  type JoinRequest,
} from './join/index.ts';
export { createLive, type Live, readersHere, readersOnThread } from './live/index.ts';
export { createPods, type Pods } from './pods/index.ts';
export { type ClusterWork, createClusterWork } from './work.ts';
