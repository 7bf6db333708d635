export type { FileState, HeldMachine, Machine, RunOptions, RunResult } from './machine.ts';
