/**
 * The process that is killed: `ROOT SCENARIO STEP POINT`. It runs the job, for a point of undo it
 * undoes it as well, and ends itself at the point; `not met` where nothing led there.
 */
import { statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deadly, type Point } from './deadly.ts';
import { openJobs, startJob } from './killed-job.ts';
import { scenarios } from './scenarios.ts';

const [root = '', name = '', step = '', point = ''] = process.argv.slice(2);
const scenario = scenarios.find((one) => one.name === name);
if (!scenario) throw new Error(`No scenario ${name}`);

const open = openJobs(root, scenario, (kind) =>
  deadly(kind, scenario.lanes, {
    step: Number(step),
    point: point as Point, // the test names only such
    die() {
      process.kill(process.pid, 'SIGKILL');
      // Nothing happens any more until the signal is there.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    },
    onSynced() {
      const { size } = statSync(`${open.database.file}-wal`);
      writeFileSync(join(root, 'synced'), String(size));
    },
  }),
);
const id = await startJob(open, scenario);
const ran = await open.jobs.ended(id);
if (ran.state.state !== 'done') throw new Error(JSON.stringify(ran.state));
if (point.startsWith('undo')) {
  await open.jobs.undo(id, { attended: false });
  const undone = await open.jobs.ended(id);
  if (undone.state.state !== 'undone') throw new Error(JSON.stringify(undone.state));
}
await open.close();
writeSync(1, 'not met');
