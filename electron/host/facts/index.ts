export { type CollectOptions, collectFacts } from './collect.ts';
export { parseFacts, type Timing } from './parse.ts';
