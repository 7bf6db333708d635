export { type Compare, createCompare } from './compare.ts';
export { type Contexts, createContexts } from './contexts/index.ts';
export { createLive, type Live } from './live/index.ts';
export { createPods, type Pods } from './pods/index.ts';
export { type ClusterWork, createClusterWork } from './work.ts';
