export { createRacks, type Racks } from './racks.ts';
