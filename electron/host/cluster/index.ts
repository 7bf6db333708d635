export { type Contexts, createContexts } from './contexts/index.ts';
