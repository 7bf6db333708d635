import { kindOf } from '../../../../shared/model/kinds/index.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { parseAddress } from '../../../../shared/network/address.ts';
import { roleOf } from '../../../../shared/onboarding/answers.ts';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import { type NodeRole, nodeRoles } from '../../../../shared/onboarding/role.ts';
import type { Database } from '../../db/index.ts';
import { mostPortMachines, type PortMachine, tryPorts } from '../checks/index.ts';
import { type AskPerson, failure, type TellLook } from './asking.ts';
import type { CheckNeeds } from './check-needs.ts';
import { keepWithDraft } from './kept-checks.ts';

interface Wanted {
  readonly deviceId: string;
  readonly name: string;
  readonly role: NodeRole;
  readonly target: SshTarget;
  /** Of the draft; null: a node that the cluster has already. */
  readonly machine: DraftMachine | null;
}

export interface PortsInput {
  readonly draft: string;
  readonly asked: readonly DraftMachine[];
  readonly signal: AbortSignal;
  readonly ask: AskPerson;
  readonly tell: TellLook;
}

/**
 * Tries the ports that these machines need of each other and of the nodes of their cluster, both ways.
 * One that is not reached is left out: its own checks have said why, or it is told of.
 */
export async function checkPorts(needs: CheckNeeds, input: PortsInput): Promise<void> {
  const { checks, drafts, portsScript: script } = needs;
  const { signal, tell, asked } = input;
  const wanted = wantedMachines(needs, drafts.get(input.draft), asked);
  const opened = await Promise.all(wanted.map((one) => open(needs, one, input)));
  const reached = opened.filter((one) => one !== null);
  try {
    if (reached.length < 2) return;
    const results = await tryPorts(
      reached.map(({ port }) => port),
      { script, signal },
    );
    checks.keep(results);
    for (const machine of asked) {
      const own = results.filter(({ subject }) => subject.id === machine.deviceId);
      if (own.length === 0) continue;
      keepWithDraft(needs, input.draft, machine);
      const fails = checks.of([machine.deviceId]).filter(({ status }) => status === 'fail').length;
      tell({ type: 'machine', machineId: machine.id, fails });
    }
  } catch (error) {
    tell(failure(error, null));
  } finally {
    await Promise.all(reached.map(({ release }) => release()));
  }
}

/** Those of the draft, and nodes of its cluster that can be reached over SSH. */
function wantedMachines(
  { inventory, db }: CheckNeeds,
  draft: Draft,
  machines: readonly DraftMachine[],
): Wanted[] {
  const own = machines.map((machine) => ({
    ...{ deviceId: machine.deviceId, name: nameOf(machine), target: machine.target, machine },
    role: roleOf(draft.common, machine.answers) ?? ('worker' as const),
  }));
  const ids = new Set(draft.machines.map(({ deviceId }) => deviceId));
  const nodes = clusterNodes(db, draft.common.clusterId).flatMap(({ deviceId, name, role }) => {
    const host = db.tables.devices.get(deviceId)?.sshHost ?? '';
    if (ids.has(deviceId) || host === '') return [];
    return [{ deviceId, name, role, target: inventory.sshTargetOf(deviceId), machine: null }];
  });
  return [...own, ...nodes].slice(0, mostPortMachines);
}

async function open({ machines, sudo, db }: CheckNeeds, one: Wanted, input: PortsInput) {
  const { deviceId, name, role, target } = one;
  const { signal, ask, tell } = input;
  try {
    const machine = await machines.look(target, { name, signal, ask: sudo.remembering(ask) });
    const address = ownAddress(one, machine.reached.resolved.host, db);
    const port: PortMachine = { machine, subject: { id: deviceId, name }, role, address };
    return { port, release: () => machine.release() };
  } catch (error) {
    // Of its own machines the checks before have told already.
    if (one.machine === null) tell(failure(error, null));
    return null;
  }
}

/** The one by which it was reached is certainly its own. */
function ownAddress({ machine, deviceId }: Wanted, host: string, db: Database): string {
  if (parseAddress(host)) return host;
  const known =
    machine?.answers.addresses[0]?.address ?? db.tables.devices.get(deviceId)?.primaryAddress;
  return known?.replace(/\/.*$/, '') ?? host;
}

const member = kindOf('cluster-member');

function clusterNodes(db: Database, clusterId: string | null) {
  if (clusterId === null) return [];
  const { rows } = db.tables.records.list(member, {
    ...{ words: [], sort: { field: null, descending: false }, offset: 0, limit: mostPortMachines },
    where: [{ field: 'cluster', value: clusterId }],
  });
  return rows.map(({ values, names }) => ({
    deviceId: String(values.device),
    name: names.device ?? '',
    // One that keeps etcd alone is reached as a control plane is.
    role:
      values.role === 'etcd'
        ? ('control-plane' as const)
        : (nodeRoles.find((role) => role === values.role) ?? ('worker' as const)),
  }));
}
