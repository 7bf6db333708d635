/** `npm run bench [-- --json]`: measures against an honest alternative in the same run. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { node, projectEnvironment, root, setUp } from './setup.mjs';

setUp();
const { status } = spawnSync(
  node,
  [path.join(root, 'test/bench/main.ts'), ...process.argv.slice(2)],
  {
    cwd: root,
    env: projectEnvironment(),
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
