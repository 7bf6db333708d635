export { type Attempts, type AttemptsOptions, createAttempts } from './attempts.ts';
export { concreteTarget, createMachineReader, type MachineReader } from './machine-reader.ts';
