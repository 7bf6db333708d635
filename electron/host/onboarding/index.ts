export { type Attempts, type AttemptsOptions, createAttempts } from './attempts.ts';
