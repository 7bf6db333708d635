import type { CheckResult, CheckSubject } from '../../../../shared/checks/check.ts';
import { judge } from '../../engine/checks/index.ts';

import { threadEntry, WorkerThread } from '../../worker/index.ts';
import type { ChecksAsks } from './checks-thread.ts';
import type { CheckContext } from './context.ts';
import { type Judged, type JudgeInput, judgeMachine } from './judge-machine.ts';
import { type Lookable, lookOver, type OutsideWorld } from './raw.ts';
import { type InventoryView, twinChecks } from './rules/twins.ts';

export interface CheckMachineInput extends CheckContext {
  readonly subject: CheckSubject;
  readonly inventory: InventoryView;
  readonly outside?: OutsideWorld;
  readonly signal: AbortSignal;
  /** Milliseconds for each of at most two round trips. */
  readonly timeoutMs?: number;
}

export interface MachineChecks {
  /**
   * All checks of one machine, in at most two round trips; nothing is changed on it. Throws SSH_* where it
   * cannot be reached.
   */
  checkMachine(machine: Lookable, input: CheckMachineInput): Promise<CheckResult[]>;
}

export interface MachineChecksOptions {
  /** The text of the script `preflight`; see remote-script.ts. */
  readonly script: string;
  /** Told of rules that broke. */
  readonly report: (error: unknown) => void;
}

/** Bytes up to which an answer is read where it arrives, in some milliseconds; most have 40 KB. */
const mostHere = 128 * 1024;

const thread = new WorkerThread<ChecksAsks>({
  entry: threadEntry(import.meta.url, 'checks-thread'),
  task: 'Checking what the machine printed',
});

export function createMachineChecks({ script, report }: MachineChecksOptions): MachineChecks {
  return {
    async checkMachine(machine, input) {
      const { role, plan, network, outside, subject, signal, timeoutMs, inventory } = input;
      const raw = await lookOver(machine, {
        script,
        signal,
        network,
        ...(outside === undefined ? {} : { outside }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
      const at = Date.now();
      const context = { role, plan, network, memberOf: inventory.memberOf };
      const judged = await judgeRaw({ raw, context, subject, at }, signal);
      for (const problem of judged.problems) report(new Error(problem));
      const read = { keys: judged.keys, inventory, plan, at };
      const twins = judge(twinChecks, { read, context: null, subject, at, report });
      return [...twins, ...judged.results];
    },
  };
}

async function judgeRaw(input: JudgeInput, signal: AbortSignal): Promise<Judged> {
  const size = input.raw.runs.reduce((sum, { stdout }) => sum + stdout.length, 0);
  if (size <= mostHere) return judgeMachine(input);
  return thread.run('judge', input, { signal, onPart: () => {} });
}
