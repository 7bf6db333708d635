export { type Censuses, createCensuses } from './censuses.ts';
export { inSlices } from './in-slices.ts';
