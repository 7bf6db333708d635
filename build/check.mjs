/** `npm run check`: format and lint, types, import rules, dead code. All run; any that fails fails. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectEnvironment, root, setUp } from './setup.mjs';

const checks = [
  ['format and lint', 'biome', ['ci', '--error-on-warnings', '.']],
  ['types', 'tsc', ['-p', '.']],
  ['import rules', 'depcruise', ['electron', 'renderer', 'shared', 'build']],
  ['dead code', 'knip', []],
];

setUp({ bundles: false });
const failed = [];
for (const [name, command, args] of checks) {
  process.stdout.write(`— ${name}\n`);
  const { status } = spawnSync(path.join(root, 'node_modules', '.bin', command), args, {
    cwd: root,
    env: projectEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) failed.push(name);
}
process.stdout.write(
  failed.length === 0 ? 'All checks hold.\n' : `Failed: ${failed.join(', ')}.\n`,
);
process.exit(failed.length === 0 ? 0 : 1);
