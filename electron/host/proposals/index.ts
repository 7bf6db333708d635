export { keepUp } from './keep-up.ts';
export { createProposals, type Proposals } from './proposals.ts';
