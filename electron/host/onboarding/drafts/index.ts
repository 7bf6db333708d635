export { machineOf } from './apply-change.ts';
export { createDrafts, type Drafts } from './drafts.ts';
