export { type Contexts, createContexts } from './contexts.ts';
