export { createLogBook, type LogBook } from './log-book.ts';
export { LogSession, type WatchSources } from './log-session.ts';
export type { PaceBounds } from './pace.ts';
export type { LogClient, LogFailure } from './source-reader.ts';
