export { moveDevices, putInPlace } from './moving.ts';
export { createRacks, type Racks } from './racks.ts';
