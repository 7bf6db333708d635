export { connectMachine, foundIn } from './connect.ts';
export { twinsOf } from './twins.ts';
