export { serveThread } from './serve-thread.ts';
export { threadEntry } from './thread-entry.ts';
export { WorkerThread } from './worker-thread.ts';
