export { numberOf, told } from './cells.ts';
export { collectFacts } from './collect.ts';
export { readEvidence } from './evidence.ts';
export { type Part, readFrames } from './frames.ts';
export { readFacts } from './parse.ts';
export { insertSlice, type Slice, slice } from './slices.ts';
