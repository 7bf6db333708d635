export { type Attempts, createAttempts } from './attempts.ts';
export { concreteTarget, createMachineReader, type MachineReader } from './machine-reader.ts';
