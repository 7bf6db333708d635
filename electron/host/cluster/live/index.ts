export { readersHere, readersOnThread } from './entry-reader.ts';
export { createLive, type Live } from './live.ts';
