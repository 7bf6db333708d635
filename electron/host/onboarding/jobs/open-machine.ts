import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type { OpenContext } from '../../engine/jobs/index.ts';
import type { HeldMachine, Machines } from '../../engine/machines/index.ts';
import type { Reached } from './reached.ts';

export interface OpenInput {
  readonly name: string;
  readonly target: SshTarget;
  /** Where it may answer as well: addresses that it is given on the way. */
  readonly hosts: readonly string[];
}

/** Nobody answers there: it may have another address by now. */
const notThere = new Set(['SSH_TIMEOUT', 'SSH_UNREACHABLE', 'SSH_REFUSED', 'SSH_HOST_UNKNOWN']);

/**
 * Reaches the machine of a lane, where it was or where it was sent on the way. For a plan it only looks,
 * and locks nothing.
 */
export async function openMachine(
  { machines, reached }: { readonly machines: Machines; readonly reached: Reached },
  { name, target, hosts }: OpenInput,
  context: OpenContext,
): Promise<HeldMachine> {
  const { jobId, lookOnly, signal, attended, ask, log } = context;
  const options = { name, ask, signal, attended, log };
  const open = async (at: SshTarget) => {
    if (!lookOnly) {
      const locked = await machines.open(at, { ...options, jobId });
      reached.note(locked, { target: at, resolved: locked.reached.resolved });
      return locked;
    }
    const opened = await machines.look(at, options);
    const held = asHeld(opened);
    reached.note(held, { target: at, resolved: opened.reached.resolved });
    return held;
  };
  let first: unknown;
  for (const host of [target.host, ...hosts.filter((one) => one !== target.host)]) {
    try {
      return await open({ ...target, host });
    } catch (error) {
      first ??= error;
      const isElsewhere = error instanceof RackhelmError && notThere.has(error.code);
      if (!isElsewhere || signal.aborted) throw error;
    }
  }
  throw first;
}

/** One that is only looked at: nothing is locked, so that no lock can be lost. */
function asHeld(machine: Awaited<ReturnType<Machines['look']>>): HeldMachine {
  return {
    name: machine.name,
    user: machine.user,
    run: (...args) => machine.run(...args),
    readFile: (...args) => machine.readFile(...args),
    writeFile: (...args) => machine.writeFile(...args),
    deleteFile: (...args) => machine.deleteFile(...args),
    bootId: (signal) => machine.bootId(signal),
    reboot: (options) => machine.reboot(options),
    freshLogin: (options) => machine.freshLogin(options),
    checkLock: async () => {},
    moveTo: (options) => machine.moveTo(options),
    expectHostKeys: (fingerprints) => machine.expectHostKeys(fingerprints),
    get at() {
      return machine.at;
    },
    release: () => machine.release(),
  };
}
