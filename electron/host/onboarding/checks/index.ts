export { type CheckContext, defaultCidrs } from './context.ts';
export { createDeviceChecks, type DeviceChecks, type RunChecks } from './device-checks.ts';
export { inventoryView } from './inventory-view.ts';
export {
  type CheckMachineInput,
  createMachineChecks,
  type MachineChecks,
} from './machine-checks.ts';
export { mostPortMachines, type PortMachine, portsPlan, tryPorts } from './ports/try-ports.ts';
export { defaultOutside, type NetworkConsent, type OutsideWorld } from './raw.ts';
export type { InventoryView, Twin } from './rules/twins.ts';
