export type {
  JobChange,
  JobQuery,
  NewJob,
  StepChange,
  StoredJob,
  StoredLine,
  StoredStep,
} from './job-rows.ts';
export { createJobStore, type JobStore } from './job-store.ts';
export { type Journal, openJournal } from './journal.ts';
export { becomeRunner, isRunning, type Runner } from './runner-lock.ts';
