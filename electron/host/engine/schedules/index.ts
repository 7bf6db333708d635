export { createSchedules, type ScheduledWork, type Schedules } from './schedules.ts';
