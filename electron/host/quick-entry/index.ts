export { typesOfEntry } from './entry-types.ts';
export { applyEntry, previewEntry, readEntry } from './quick-entry.ts';
