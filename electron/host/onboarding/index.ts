export {
  type AnswersFile,
  answersOf,
  commonOf,
  type FileMachine,
  plainAnswers,
  plainMachine,
  readAnswers,
  targetOf,
} from './answers/index.ts';
export { type Attempts, createAttempts } from './attempts.ts';
export {
  createDeviceChecks,
  createMachineChecks,
  type DeviceChecks,
} from './checks/index.ts';
export type { InventoryWork } from './inventory-work.ts';
export { concreteTarget, createMachineReader, type MachineReader } from './machine-reader.ts';
export { createOffBoarding } from './off-boarding/index.ts';
export { createOnboarding, type Onboarding } from './onboarding.ts';
export { userPublicKey } from './user-key.ts';
