export { createNetworkAddressPhase } from './network-address.ts';
