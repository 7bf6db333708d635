export { moveDevices } from './moving.ts';
export { createRacks, type Racks } from './racks.ts';
