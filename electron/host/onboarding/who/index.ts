export { type ConnectInput, connectMachine, foundIn } from './connect.ts';
export { twinsOf } from './twins.ts';
