export { createProgram, createServeCommand } from './program.ts';
export { runCommand } from './run-command.ts';
export { endProcess } from './terminal/end-process.ts';
