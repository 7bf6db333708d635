export { createLogs, type PodLogs } from './logs.ts';
