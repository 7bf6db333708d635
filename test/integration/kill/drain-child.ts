/**
 * The process that is killed while it drains a node of a real cluster: `ROOT KUBECONFIG STEP POINT`. As
 * kill-child.ts; `not met` where nothing led to the point.
 */
import { statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeClient } from '../../../electron/host/connections/kubernetes/index.ts';
import { deadly, type Point } from './deadly.ts';
import { openDrain } from './drain-jobs.ts';

const [root = '', kubeconfig = '', stepText = '', pointText = ''] = process.argv.slice(2);
const step = Number(stepText);
const point = pointText as Point; // the test names only such

function die(): void {
  process.kill(process.pid, 'SIGKILL');
  // Nothing happens any more until the signal is there.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** So that the API has begun with it, and seldom answered. */
const insideMs = 2;
/** What each step changes by: the cordon by its mark, the eviction by each pod. */
const changing = step === 0 ? 'patch' : 'evict';

/** What is asked of the cluster ends the process, while it is asked or after the first answer. */
function deadlyClient(client: KubeClient): KubeClient {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== changing || typeof value !== 'function') return value;
      return async (...words: unknown[]) => {
        const asked = JSON.stringify(words, (key, part) => (key === 'signal' ? undefined : part));
        const undoing = asked.includes('"unschedulable":false');
        const isTrial = asked.includes('"dryRun":true');
        const meant = !isTrial && point.startsWith('undo') === undoing;
        if (meant && point.endsWith('inside')) setTimeout(die, insideMs);
        const answer: unknown = await Reflect.apply(value, target, words);
        if (meant && /middle|inside/.test(point)) die();
        return answer;
      };
    },
  });
}

const before = await openDrain(root, kubeconfig);
const lanes = await before.lanes();
await before.close();
const open = await openDrain(root, kubeconfig, {
  client: deadlyClient,
  kind: (kind) =>
    deadly(kind, lanes, {
      ...{ step, point, die },
      onSynced() {
        const { size } = statSync(`${open.database.file}-wal`);
        writeFileSync(join(root, 'synced'), String(size));
      },
    }),
});
const id = await open.start();
const ran = await open.jobs.ended(id);
if (ran.state.state !== 'done') throw new Error(JSON.stringify(ran.state));
await open.jobs.undo(id, { attended: false });
const undone = await open.jobs.ended(id);
if (undone.state.state !== 'undone') throw new Error(JSON.stringify(undone.state));
await open.close();
writeSync(1, 'not met');
