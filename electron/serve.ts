import './host/small-heap.ts';
import path from 'node:path';
import { createServeCommand, endProcess, runCommand } from './host/cli/index.ts';
import { findInstallation } from './host/installation.ts';

/** Entry of the browser shell: what `npm start` runs where there is no Electron window. */
const command = createServeCommand(findInstallation(path.resolve(import.meta.dirname)));
command.name('npm start --');
await endProcess(await runCommand(command, process.argv));
