export { type CommandSaid, runCommand } from './run-command.ts';
export { createTerminals, type Terminals } from './terminals.ts';
