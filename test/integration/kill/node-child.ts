/**
 * The process that is killed while it works on a node of the rack: `ROOT RACK SCENARIO POINT CALL`. As
 * kill-child.ts; `not met` where nothing led to the point.
 */
import { statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../electron/host/db/index.ts';
import { Rack } from '../../rack/rack.ts';
import { RackState } from '../../rack/state.ts';
import { deadly, type Point } from './deadly.ts';
import { k3sScenarios } from './k3s-scenarios.ts';
import { openNodeJobs, startNodeJob } from './node-jobs.ts';
import { lanesOf } from './node-scenario.ts';
import { nodeScenarios } from './node-scenarios.ts';

const [root = '', rackName = '', name = '', point = '', call = '1'] = process.argv.slice(2);
const scenario = [...nodeScenarios, ...k3sScenarios].find((one) => one.name === name);
if (!scenario) throw new Error(`No scenario ${name}`);
const rack = new Rack(new RackState(rackName));
const before = openDatabase({ dataDirectory: join(root, 'data') });
const lanes = await lanesOf(scenario, rack, before);
before.close();
const place = { root, rack, scenario };

const synced = () => {
  const { size } = statSync(`${open.database.file}-wal`);
  writeFileSync(join(root, 'synced'), String(size));
};
const open = openNodeJobs(
  place,
  (kind) =>
    deadly(kind, lanes, {
      step: 0,
      point: point as Point, // the test names only such
      call: Number(call),
      die() {
        process.kill(process.pid, 'SIGKILL');
        // Nothing happens any more until the signal is there.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      },
      onSynced: synced,
    }),
  synced,
);
const id = await startNodeJob(open, place, lanes);
const ran = await open.jobs.ended(id);
if (ran.state.state !== 'done') throw new Error(JSON.stringify(ran.state));
await open.jobs.undo(id, { attended: false });
const undone = await open.jobs.ended(id);
if (undone.state.state !== 'undone') throw new Error(JSON.stringify(undone.state));
await open.close();
writeSync(1, 'not met');
