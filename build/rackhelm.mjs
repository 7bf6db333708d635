#!/usr/bin/env node
/** `rackhelm …`: from a checkout it sets up what is missing first; installed, it just runs. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { node, projectEnvironment, root, say, setUp } from './setup.mjs';

const checkout = existsSync(path.join(root, 'electron.vite.config.ts'));
if (checkout) setUp();
// An older one would crash in the database's binary, without a word. A checkout brings its own.
else if (Number.parseInt(process.versions.node, 10) < 22) {
  say(`Rackhelm needs Node 22 or newer; this is ${process.versions.node}.`);
  say('Install a newer Node, then try again.');
  process.exit(1);
}
const child = spawn(
  checkout ? node : process.execPath,
  [path.join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)],
  { stdio: 'inherit', env: checkout ? projectEnvironment() : process.env },
);
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => {}); // the child gets it from the terminal and ends in its own time
child.on('exit', (code) => process.exit(code ?? 1));
