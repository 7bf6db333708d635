export type { FileState, HeldMachine, Machine, RunOptions, RunResult } from './machine.ts';
export {
  createMachines,
  type LookOptions,
  type Machines,
  type OpenOptions,
} from './machines.ts';
export { SudoMemory } from './sudo-memory.ts';
export type { AskJob } from './sudo-password.ts';
