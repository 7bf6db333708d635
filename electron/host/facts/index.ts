export { collectFacts } from './collect.ts';
export { insertSlice, type Slice, slice } from './slices.ts';
