import type { CheckResult } from '../../../../shared/checks/check.ts';
import type { JoinCluster } from '../../../../shared/cluster/join/join-cluster.ts';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import type { Machine } from '../../engine/machines/index.ts';
import { type InventoryView, inventoryView } from '../checks/index.ts';
import { checkContextOf } from '../jobs/input-of.ts';
import type { MachineInput } from '../jobs/onboarding-input.ts';
import { joinRequestOf } from '../joining/join-request.ts';
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
    const cluster = await clusterOf(needs, draft, look);
    const turns = asked.values();
    const worker = async () => {
      for (const machine of turns) {
        try {
          const fails = await checkOne(needs, { draft, machine, cluster, ...look });
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
  /** That it is to join, as it stands now. */
  readonly cluster: JoinCluster | null;
  readonly signal: AbortSignal;
  readonly ask: AskPerson;
}

async function checkOne(needs: CheckNeeds, { draft, machine, cluster, signal, ask }: CheckingOne) {
  const { db, machines, sudo } = needs;
  const name = nameOf(machine);
  const opened = await machines.look(machine.target, {
    name,
    signal,
    ask: sudo.remembering(ask),
  });
  let results: CheckResult[];
  try {
    const check = withRanges(checkContextOf(db, draft, machine), cluster);
    const { deviceId } = machine;
    const inventory = viewWith(draft, inventoryView(db, deviceId), deviceId);
    results = await runChecks(needs, opened, { name, deviceId, check, inventory, signal });
    keepWithDraft(needs, draft.id, machine);
    const joins = await checkOfJoin(needs, opened, { draft, machine, cluster, signal });
    needs.checks.keep(joins);
    results.push(...joins);
  } finally {
    await opened.release();
  }
  keepWithDraft(needs, draft.id, machine);
  return results.filter(({ status }) => status === 'fail').length;
}

/** The cluster that the machines are to join. What could not be read of it is told in it. */
async function clusterOf(
  { joining, sudo }: CheckNeeds,
  draft: Draft,
  { signal, ask }: { readonly signal: AbortSignal; readonly ask: AskPerson },
): Promise<JoinCluster | null> {
  const request = joinRequestOf(draft);
  if (request === null || joining === undefined) return null;
  return await joining.survey(request.clusterId, { signal, ask: sudo.remembering(ask) });
}

/** As the cluster has them that runs, which may be others than the inventory says. */
function withRanges<T extends MachineInput['check']>(check: T, cluster: JoinCluster | null): T {
  const shared = cluster?.shared;
  const cidrs = shared ? [...shared.clusterCidr, ...shared.serviceCidr] : [];
  return cidrs.length === 0 ? check : { ...check, plan: { ...check.plan, cidrs } };
}

/** After the others, whose results say how it is started. */
async function checkOfJoin(
  { joining, drafts }: CheckNeeds,
  opened: Machine,
  { draft, machine, cluster, signal }: Omit<CheckingOne, 'ask'>,
): Promise<CheckResult[]> {
  const request = joinRequestOf(drafts.get(draft.id));
  const own = request?.machines.find(({ id }) => id === machine.id);
  if (!joining || !request || !own || cluster === null) return [];
  const subject = { id: machine.deviceId, name: nameOf(machine) };
  const { common } = request;
  return await joining.check(opened, { cluster, common, joining: own, subject, signal });
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
    // Of one that is to join, what an earlier cluster left is looked at, whatever the inventory says.
    memberOf: draft.common.join === null ? inventory.memberOf : null,
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
