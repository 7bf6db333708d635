export { createNetworks, type Networks } from './networks.ts';
