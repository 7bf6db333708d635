#!/usr/bin/env node
/** `rackhelm …`: from a checkout it sets up what is missing first; installed, it just runs. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { node, projectEnvironment, root, setUp } from './setup.mjs';

const checkout = existsSync(path.join(root, 'electron.vite.config.ts'));
if (checkout) setUp();
const child = spawn(
  checkout ? node : process.execPath,
  [path.join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)],
  { stdio: 'inherit', env: projectEnvironment() },
);
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => {}); // the child gets it from the terminal and ends in its own time
child.on('exit', (code) => process.exit(code ?? 1));
