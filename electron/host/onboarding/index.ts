export { type Attempts, createAttempts } from './attempts.ts';
export {
  createDeviceChecks,
  createMachineChecks,
  type DeviceChecks,
} from './checks/index.ts';
export { concreteTarget, createMachineReader, type MachineReader } from './machine-reader.ts';
export { createOnboarding, type Onboarding } from './onboarding.ts';
export { ownPublicKey } from './own-key.ts';
