export { createDrift, type Drift } from './drift.ts';
export { nodeDevices } from './node-devices.ts';
