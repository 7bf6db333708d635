import { createHash } from 'node:crypto';
import { z } from 'zod';
import { checkId } from '../../../../shared/checks/check.ts';
import type { LookEvent } from '../../../../shared/contract/onboarding.ts';
import type { JobPlan } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { id } from '../../../../shared/model/inventory.ts';
import { sshTarget } from '../../../../shared/model/ssh.ts';
import { nodeRole } from '../../../../shared/onboarding/role.ts';
import type { Database } from '../../db/index.ts';
import type { Checks } from '../../engine/checks/index.ts';
import type { AnyPhase, JobKind, Jobs, OpenContext } from '../../engine/jobs/index.ts';
import type { Machines, SudoMemory } from '../../engine/machines/index.ts';
import { deviceOrThrow, type Inventory } from '../../inventory/index.ts';
import { defaultCidrs, type MachineChecks } from '../checks/index.ts';
import { lookAtMachine, openMachine } from '../jobs/open-machine.ts';
import type { Reached } from '../jobs/reached.ts';
import { type Looks, runChecks } from '../looks/index.ts';

/** What a job of mending needs, whatever becomes of the check. Nothing secret. */
const mendingInput = z.object({
  deviceId: id,
  name: z.string().max(255),
  target: sshTarget,
  check: checkId,
  /** As what it is checked again. */
  role: nodeRole,
  network: z.enum(['none', 'gateway', 'outside']),
});
type MendingInput = z.infer<typeof mendingInput>;

export interface MendRequest extends Pick<MendingInput, 'deviceId' | 'check' | 'role' | 'network'> {
  readonly part: string;
}

/** One thing that a check found on a device is mended: its plan first, then its job. */
export interface Mending {
  /** Looks up on the machine what would be done; nothing is changed. */
  plan(
    input: MendRequest & { readonly attemptId: string },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<LookEvent, void, void>;
  /** Starts what was planned. Throws CHANGED_SINCE where that is not what was shown. */
  run(input: { readonly deviceId: string; readonly hash: string }): Promise<{ jobId: string }>;
}

export interface MendingNeeds {
  readonly db: Database;
  readonly inventory: Pick<Inventory, 'sshTargetOf'>;
  readonly jobs: Pick<Jobs, 'register' | 'prepare' | 'start' | 'input'>;
  readonly checks: Checks;
  readonly machineChecks: MachineChecks;
  readonly machines: Machines;
  readonly reached: Reached;
  readonly looks: Looks;
  readonly sudo: SudoMemory;
  readonly phases: readonly AnyPhase[];
}

/** For looking once more at the end, of which nobody waits for longer. */
const againMs = 20_000;

interface KeptMending {
  readonly plan: JobPlan;
  readonly hash: string;
  readonly input: MendingInput;
  readonly title: string;
}

export function createMending(needs: MendingNeeds): Mending {
  const { jobs, looks, sudo } = needs;
  jobs.register(mendingKind(needs));
  /** By device: the plan that was shown last. */
  const kept = new Map<string, KeptMending>();

  return {
    plan({ attemptId, ...request }, signal) {
      const { input, fix, name } = wantedOf(needs, request);
      return looks.run(attemptId, signal, async ({ signal: left, ask, tell }) => {
        const { deviceId } = input;
        const lane = { lane: deviceId, title: name, deviceId, phases: [fix] };
        const plan = await jobs.prepare('mending', [lane], {
          ...{ input, signal: left, attended: true, log: () => {} },
          ask: sudo.remembering(ask),
          onProgress: (done, total) => tell({ type: 'progress', done, total }),
        });
        const hash = createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 32);
        kept.set(deviceId, { plan, hash, input, title: `${fix.title} on ${name}` });
        tell({ type: 'planned', plan, hash, problems: [] });
      });
    },
    async run({ deviceId, hash }) {
      const found = kept.get(deviceId);
      if (found?.hash !== hash) {
        throw new RackhelmError('CHANGED_SINCE', 'This is not the plan that was made last.', {
          hint: 'Make the plan again, look at it, and then run it.',
        });
      }
      kept.delete(deviceId);
      const { plan, input, title } = found;
      const request = {
        kind: 'mending',
        title,
        plan,
        input,
        by: 'window',
        attended: true,
      } as const;
      return { jobId: (await jobs.start(request)).id };
    },
  };
}

/** What its newest result says that mends it. Throws NOT_FOUND or INVALID_INPUT. */
function wantedOf(
  { db, inventory, checks }: MendingNeeds,
  { deviceId, check, part, role, network }: MendRequest,
) {
  const { name } = deviceOrThrow(db, deviceId);
  const found = checks.of([deviceId]).find((one) => one.check === check && one.part === part);
  if (found === undefined) {
    throw new RackhelmError('NOT_FOUND', `${name} has no result of this check.`, {
      hint: 'Run the checks of it first.',
    });
  }
  if (found.fix?.kind !== 'phase' || found.status === 'pass') {
    throw new RackhelmError('INVALID_INPUT', 'There is nothing here that a job could mend.', {
      hint: 'Run the check again: it may be in order by now.',
    });
  }
  const target = inventory.sshTargetOf(deviceId);
  const input: MendingInput = { deviceId, name, target, check, role, network };
  return { input, fix: found.fix, name };
}

function mendingKind(needs: MendingNeeds): JobKind {
  const { jobs, machines, reached, sudo, phases } = needs;
  const ways = { machines, reached };
  const placeOf = (input: unknown) => ({ ...mendingInput.parse(input), hosts: [] });
  const remembering = (context: OpenContext) => ({
    ...context,
    ask: sudo.remembering(context.ask),
  });
  return {
    kind: 'mending',
    version: 1,
    phases,
    afterCrash: 'ask',
    open: (_, input, context) => openMachine(ways, placeOf(input), remembering(context)),
    look: (_, input, context) => lookAtMachine(ways, placeOf(input), remembering(context)),
    async ended({ id: jobId, state }) {
      if ('error' in state && state.error.code.startsWith('SUDO_')) sudo.forgetAll();
      await checkAgain(needs, mendingInput.parse(jobs.input(jobId)));
      return { report: null };
    },
  };
}

/** However it ended, also undone: what is shown of the check is how it stands now. */
async function checkAgain(needs: MendingNeeds, input: MendingInput): Promise<void> {
  const { machines, sudo } = needs;
  const { name, deviceId, target, check: only, role, network } = input;
  const signal = AbortSignal.timeout(againMs);
  try {
    const machine = await machines.look(target, {
      ...{ name, signal, attended: false },
      ask: sudo.remembering(async () => ({ kind: 'cancel' })),
    });
    try {
      const plan = { name: null, addresses: [], cidrs: [...defaultCidrs] };
      const check = { role, network, plan };
      await runChecks(needs, machine, { name, deviceId, check, signal, only });
    } finally {
      await machine.release();
    }
  } catch (error) {
    // The job is what counts, and it has ended; its former result stands, with its time.
    if (!(error instanceof RackhelmError) && !signal.aborted) throw error;
  }
}
