export { moveDevices, nowhere, putInPlace } from './moving.ts';
export { createRacks, type Racks } from './racks.ts';
