export type { FileState, HeldMachine, Machine, RunOptions, RunResult } from './machine.ts';
export {
  createMachines,
  type LookOptions,
  type Machines,
  type MachinesOptions,
  type OpenOptions,
} from './machines.ts';
export type { AskJob, RememberedSudo, SudoAccount } from './sudo-password.ts';
