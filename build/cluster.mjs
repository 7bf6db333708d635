/**
 * `npm run cluster -- build|up …`: makes sure that the dependencies are there, then runs the test
 * cluster's own program with the project's Node. No bundle is needed.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { node, projectEnvironment, root, say, setUp } from './setup.mjs';

setUp({ bundles: false });
const child = spawn(node, [path.join(root, 'test/cluster/main.ts'), ...process.argv.slice(2)], {
  env: projectEnvironment(),
  stdio: 'inherit',
});
// The terminal sends Ctrl-C to both; the program below decides what it means.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('error', (error) => {
  say(`The cluster could not be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
