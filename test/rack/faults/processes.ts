import { setTimeout as sleep } from 'node:timers/promises';
import { layersOf } from '../layers.ts';
import { initOf, startNode } from '../node-process.ts';
import { isAlive, processTree, signalProcess } from '../process-table.ts';
import { RackError } from '../rack-error.ts';
import { type Fault, type FaultTarget, inNode } from './fault.ts';

/** Ends the listener, not the sessions: as a crash or `systemctl stop ssh` would. */
export async function stopSshd(target: FaultTarget): Promise<void> {
  await inNode(
    target,
    'read -r pid </run/sshd.pid && kill "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.02; done',
  );
}

/** Returns once it listens. One that a restart of the node brought back already is fine. */
export async function startSshd(target: FaultTarget): Promise<void> {
  await inNode(
    target,
    '[ -s /run/sshd.pid ] && kill -0 "$(cat /run/sshd.pid)" || { mkdir -p /run/sshd && /usr/sbin/sshd; }',
  );
}

export const sshdStopped: Fault = {
  description: 'sshd does not run; sessions that are open stay',
  set: async (target) => {
    await stopSshd(target);
    return {};
  },
  clear: startSshd,
};

function requireInit({ state, spec }: FaultTarget) {
  const init = initOf(state, spec.name);
  if (!init) throw new RackError(`The node ${spec.name} is down.`);
  return init;
}

export const frozen: Fault = {
  description: 'every process is stopped (SIGSTOP): connections hang, nothing is refused',
  set: async (target) => {
    const { pid } = requireInit(target);
    const stopped = new Set<number>();
    // A process may have forked before its turn came; once all are stopped nothing new appears.
    for (;;) {
      const fresh = processTree(pid).filter((one) => !stopped.has(one));
      if (fresh.length === 0) return {};
      for (const one of fresh) {
        signalProcess(one, 'SIGSTOP');
        stopped.add(one);
      }
    }
  },
  clear: async (target) => {
    for (const one of processTree(requireInit(target).pid)) signalProcess(one, 'SIGCONT');
  },
};

export const killed: Fault = {
  description: 'the machine loses power; --off starts it again with the same disk',
  set: async (target) => {
    const init = requireInit(target);
    signalProcess(init.pid, 'SIGKILL');
    while (isAlive(init)) await sleep(10);
    return {};
  },
  clear: async ({ state, spec }) => {
    await startNode(state, spec, layersOf(state, spec.name));
  },
};
