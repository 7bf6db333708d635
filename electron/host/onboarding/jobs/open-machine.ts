import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { isUnfinished, type ResolvedTarget } from '../../connections/ssh/index.ts';
import type { OpenContext } from '../../engine/jobs/index.ts';
import type { Machine, Machines } from '../../engine/machines/index.ts';
import type { Reached } from './reached.ts';

export interface OpenInput {
  readonly name: string;
  readonly target: SshTarget;
  /** Where it may answer as well: addresses that it is given on the way. */
  readonly hosts: readonly string[];
}

interface Ways {
  readonly machines: Machines;
  readonly reached: Reached;
}

/** Nobody answers there: it may have another address by now. */
const notThere = new Set(['SSH_TIMEOUT', 'SSH_UNREACHABLE', 'SSH_REFUSED', 'SSH_HOST_UNKNOWN']);

/** Reaches the machine of a lane, where it was or where it was sent on the way, and takes its lock. */
export async function openMachine(
  { machines, reached }: Ways,
  { name, ...where }: OpenInput,
  { jobId, signal, attended, ask, log }: OpenContext,
): ReturnType<Machines['open']> {
  return await firstThatAnswers(where, { reached, signal }, (at) =>
    machines.open(where.target, { jobId, name, signal, attended, ask, log, ...at }),
  );
}

/** The same to make a plan: nothing is locked, so that it may be made while somebody is at work there. */
export async function lookAtMachine(
  { machines, reached }: Ways,
  { name, ...where }: OpenInput,
  { signal, attended, ask, log }: OpenContext,
): ReturnType<Machines['look']> {
  return await firstThatAnswers(where, { reached, signal }, (at) =>
    machines.look(where.target, { name, signal, attended, ask, log, ...at }),
  );
}

type Found = Machine & Pick<Awaited<ReturnType<Machines['look']>>, 'reached'>;

async function firstThatAnswers<T extends Found>(
  { target, hosts }: Omit<OpenInput, 'name'>,
  { reached, signal }: { readonly reached: Reached; readonly signal: AbortSignal },
  /** `at`: under another address than the target says. It is still who the ssh configuration says that it is. */
  connect: (where: { readonly at?: string }) => Promise<T>,
): Promise<T> {
  let first: unknown;
  for (const host of [target.host, ...hosts.filter((one) => one !== target.host)]) {
    try {
      const isMoved = host !== target.host;
      const machine = await connect(isMoved ? { at: host } : {});
      const { resolved } = machine.reached;
      reached.note(machine, { target: isMoved ? wayTo(target, resolved) : target, resolved });
      return machine;
    } catch (error) {
      first ??= error;
      const isElsewhere =
        error instanceof RackhelmError && notThere.has(error.code) && !isUnfinished(error);
      if (!isElsewhere || signal.aborted) throw error;
    }
  }
  throw first;
}

function wayTo(target: SshTarget, { host, port, user, jump }: ResolvedTarget): SshTarget {
  return { ...target, host, port, user, ...(jump.length > 0 && { jump: [...jump] }) };
}
