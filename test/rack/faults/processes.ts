import { cutCables, joinCables } from '../fabric.ts';
import { layersOf } from '../layers.ts';
import { initOf, startNode } from '../node-process.ts';
import { endProcess, type ProcessMark, processTree, signalProcess } from '../process-table.ts';
import { RackError } from '../rack-error.ts';
import { sshdStep } from '../start-steps.ts';
import { type Fault, type FaultTarget, inNode } from './fault.ts';

const isRunning = '[ -s /run/sshd.pid ] && kill -0 "$(cat /run/sshd.pid)"';

/** Ends the listener, not the sessions: as a crash or `systemctl stop ssh` would. */
async function stopSshd(target: FaultTarget): Promise<void> {
  await inNode(
    target,
    'read -r pid </run/sshd.pid && kill "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.02; done',
  );
}

/** Returns once it listens. One that a restart of the node brought back already is fine. */
async function startSshd(target: FaultTarget): Promise<void> {
  await inNode(target, `${isRunning} || ${sshdStep}`);
}

/** One that another fault has stopped stays so, and reads its keys when it is started. */
export async function restartSshd(target: FaultTarget): Promise<void> {
  const runs = await inNode(target, `if ${isRunning}; then echo yes; fi`);
  if (runs === '') return;
  await stopSshd(target);
  await startSshd(target);
}

export const sshdStopped: Fault = {
  description: 'sshd does not run; sessions that are open stay',
  endsWithPower: true,
  set: stopSshd,
  clear: startSshd,
};

export const sshdKilled: Fault = {
  description: 'sshd is killed with every session: connections end at once, new ones are refused',
  endsWithPower: true,
  set: async (target) => {
    // Its sessions run in groups of their own, and what they started goes on.
    await inNode(target, 'pkill -KILL -x sshd; rm -f /run/sshd.pid');
  },
  clear: startSshd,
};

function requireInit({ state, spec }: FaultTarget): ProcessMark {
  const init = initOf(state, spec.name);
  if (!init) throw new RackError(`The node ${spec.name} is down.`);
  return init;
}

export const frozen: Fault = {
  description: 'every process is stopped (SIGSTOP): connections hang, nothing is refused',
  endsWithPower: true,
  set: async (target) => {
    const { pid } = requireInit(target);
    const stopped = new Set<number>();
    // A process may have forked before its turn came; once all are stopped nothing new appears.
    for (;;) {
      const fresh = processTree(pid).filter((one) => !stopped.has(one));
      if (fresh.length === 0) return;
      for (const one of fresh) {
        signalProcess(one, 'SIGSTOP');
        stopped.add(one);
      }
    }
  },
  clear: async ({ state, spec }) => {
    // A node that lost its power meanwhile has nothing left that is stopped.
    const init = initOf(state, spec.name);
    for (const one of init ? processTree(init.pid) : []) signalProcess(one, 'SIGCONT');
  },
};

export const killed: Fault = {
  description: 'the machine loses power; --off starts it again with the same disk',
  plan: (target) => {
    requireInit(target);
    return {};
  },
  set: async (target) => {
    // The cables first: a machine without power says no farewell and answers no ping.
    await cutCables(target.state, target.spec);
    await endProcess(requireInit(target));
  },
  clear: async ({ state, spec }) => {
    // Where an earlier attempt did not get up, or `set` did not come this far.
    const init = initOf(state, spec.name);
    if (init) await endProcess(init);
    await joinCables(state, spec);
    await startNode(state, spec, layersOf(state, spec));
  },
};
