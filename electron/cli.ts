import path from 'node:path';
import { createProgram, endProcess, runCommand } from './host/cli/index.ts';
import { findInstallation } from './host/installation.ts';

/** Entry of the command line. */
const program = createProgram(findInstallation(path.resolve(import.meta.dirname)));
await endProcess(await runCommand(program, process.argv));
