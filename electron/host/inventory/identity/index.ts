export { identify, recordable } from './identify.ts';
export { outcomeOf } from './outcome.ts';
export { readingKeys, serialOf, type Way } from './reading-keys.ts';
