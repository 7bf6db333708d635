export { collectFacts } from './collect.ts';
export { type Evidence as FactsEvidence, readEvidence } from './evidence.ts';
export { type Frames, type Part, readFrames } from './frames.ts';
export { readFacts } from './parse.ts';
export { insertSlice, type Slice, slice } from './slices.ts';
