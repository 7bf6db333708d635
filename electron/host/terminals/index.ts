export { openContainerShell } from './container-shell.ts';
export { HeldTerminal, type OpenShell } from './held-terminal.ts';
export { openSshShell } from './ssh-shell.ts';
export { createTerminals, type Openers, type Terminals } from './terminals.ts';
