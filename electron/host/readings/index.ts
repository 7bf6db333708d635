export { createRefresher, type RefreshResult } from './refresh.ts';
export { createRefreshRuns, type RefreshRuns, resultText } from './runs.ts';
export { unattended } from './unattended.ts';
