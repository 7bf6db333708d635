export { type Actions, createActions } from './actions.ts';
