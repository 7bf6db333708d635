export { endProcess } from './end-process.ts';
export { createProgram, createServeCommand } from './program.ts';
export { runCommand } from './run-command.ts';
