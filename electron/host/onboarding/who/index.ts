export { type ConnectInput, connectMachine } from './connect.ts';
export { twinsOf } from './twins.ts';
