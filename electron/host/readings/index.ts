export { createRefresher, type RefreshResult } from './refresh.ts';
export { createRefreshRuns, type RefreshRuns, resultText } from './runs.ts';
export { createSchedule, type ScheduledRefresh } from './schedule.ts';
export { unattended } from './unattended.ts';
