import type { CheckResult } from '../../../../shared/checks/check.ts';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import type { Machine } from '../../engine/machines/index.ts';
import { type InventoryView, inventoryView } from '../checks/index.ts';
import { checkContextOf } from '../jobs/input-of.ts';
import type { MachineInput } from '../jobs/onboarding-input.ts';
import { type AskPerson, failure } from './asking.ts';
import type { CheckNeeds } from './check-needs.ts';
import { checkPorts } from './check-ports.ts';
import { keepWithDraft } from './kept-checks.ts';

/** Machines that are checked side by side; each is one connection and two round trips. */
const atOnce = 8;

/** Checks machines of a draft; one that cannot be checked hinders no other. */
export function checkDraft(
  needs: CheckNeeds,
  { id, machineIds, attemptId, ports = false }: CheckDraftInput,
  signal: AbortSignal | undefined,
) {
  const draft = needs.drafts.get(id);
  const asked = draft.machines.filter(
    (machine) => machineIds.length === 0 || machineIds.includes(machine.id),
  );
  return needs.looks.run(attemptId, signal, async (look) => {
    const turns = asked.values();
    const worker = async () => {
      for (const machine of turns) {
        try {
          const fails = await checkOne(needs, { draft, machine, ...look });
          look.tell({ type: 'machine', machineId: machine.id, fails });
        } catch (error) {
          // Left in the middle, nothing was said of the password.
          if (!look.signal.aborted) needs.sudo.forgetAll();
          look.tell(failure(error, machine.id));
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, asked.length) }, worker));
    if (ports && !look.signal.aborted) await checkPorts(needs, { draft: id, asked, ...look });
    look.tell({ type: 'ended' });
  });
}

export interface CheckDraftInput {
  readonly id: string;
  readonly machineIds: readonly string[];
  /** Consent to open listeners for some seconds, here and on nodes of the cluster. Default false. */
  readonly ports?: boolean;
  readonly attemptId: string;
}

interface CheckingOne {
  readonly draft: Draft;
  readonly machine: DraftMachine;
  readonly signal: AbortSignal;
  readonly ask: AskPerson;
}

async function checkOne(needs: CheckNeeds, { draft, machine, signal, ask }: CheckingOne) {
  const { db, machines, sudo } = needs;
  const name = nameOf(machine);
  const opened = await machines.look(machine.target, {
    name,
    signal,
    ask: sudo.remembering(ask),
  });
  let results: CheckResult[];
  try {
    const check = checkContextOf(db, draft, machine);
    const { deviceId } = machine;
    const inventory = viewWith(draft, inventoryView(db, deviceId), deviceId);
    results = await runChecks(needs, opened, { name, deviceId, check, inventory, signal });
  } finally {
    await opened.release();
  }
  keepWithDraft(needs, draft.id, machine);
  return results.filter(({ status }) => status === 'fail').length;
}

/** All checks of a machine that stands open; results (of `only` one) are kept under its device. */
export async function runChecks(
  { db, checks, machineChecks }: Pick<CheckNeeds, 'db' | 'checks' | 'machineChecks'>,
  machine: Pick<Machine, 'name' | 'user' | 'run'>,
  {
    name,
    deviceId,
    check,
    signal,
    only,
    inventory = inventoryView(db, deviceId),
  }: Pick<MachineInput, 'name' | 'deviceId' | 'check'> & {
    readonly signal: AbortSignal;
    readonly inventory?: InventoryView;
    /** Id of a check. */
    readonly only?: string;
  },
): Promise<CheckResult[]> {
  const results = await machineChecks.checkMachine(machine, {
    ...check,
    subject: { id: deviceId, name },
    inventory,
    signal,
  });
  const kept = only === undefined ? results : results.filter(({ check: one }) => one === only);
  checks.keep(kept);
  return kept;
}

/** With the other machines of the draft, since copies of one disk come together. */
function viewWith(draft: Draft, inventory: InventoryView, own: string): InventoryView {
  const others = draft.machines.filter(
    ({ deviceId, answers }) => deviceId !== own && answers.identity?.as !== 'clone',
  );
  return {
    carriers(key) {
      const known = inventory.carriers(key);
      const ids = new Set(known.map(({ deviceId }) => deviceId));
      const coming = others
        .filter((machine) => !ids.has(machine.deviceId) && hasKey(machine, key))
        .map((machine) => ({ deviceId: machine.deviceId, deviceName: nameOf(machine) }));
      return [...known, ...coming];
    },
  };
}

function hasKey(
  { facts, connection }: DraftMachine,
  { kind, value }: Parameters<InventoryView['carriers']>[0],
): boolean {
  if (kind === 'machine-id') return facts?.machineId === value;
  if (kind !== 'ssh-host-key' || connection.state !== 'read') return false;
  const { hostKey } = connection;
  return hostKey !== null && `${hostKey.type} ${hostKey.sha256}` === value;
}
