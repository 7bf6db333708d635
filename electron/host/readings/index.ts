export { createRefresher, type RefreshResult } from './refresh.ts';
export { resultText } from './refresh-phase.ts';
export { createRefreshKind, createRefreshRuns, type RefreshRuns } from './runs.ts';
export { createSchedule, type ScheduledRefresh, scheduledRefresh } from './schedule.ts';
export { unattended } from './unattended.ts';
