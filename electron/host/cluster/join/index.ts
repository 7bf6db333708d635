export type { JoinMachine, JoinRequest } from './join-request.ts';
export { createJoining, type Joining } from './joining.ts';
