export { type AskedShell, openShell } from './open-shell.ts';
export { type CommandSaid, runCommand } from './run-command.ts';
export { createTerminals, type Terminals } from './terminals.ts';
