export { type Compare, createCompare } from './compare.ts';
export { type Contexts, createContexts } from './contexts/index.ts';
export { createDrain, type Drain } from './drain/index.ts';
export { createLive, type Live } from './live/index.ts';
