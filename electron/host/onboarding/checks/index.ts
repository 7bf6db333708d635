export { type CheckContext, defaultCidrs } from './context.ts';
export { createDeviceChecks, type DeviceChecks } from './device-checks.ts';
export { inventoryView } from './inventory-view.ts';
export {
  type CheckMachineInput,
  createMachineChecks,
  type MachineChecks,
} from './machine-checks.ts';
export { mostPortMachines, type PortMachine, tryPorts } from './ports/try-ports.ts';
export type { InventoryView } from './rules/twins.ts';
