export { identify, recordable } from './identify.ts';
export { outcomeOf } from './outcome.ts';
export { isContainer, type ReadingKeys, readingKeys, serialOf, type Way } from './reading-keys.ts';
