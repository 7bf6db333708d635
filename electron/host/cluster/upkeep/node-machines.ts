import type { ClusterNode } from '../../../../shared/cluster/upkeep/cluster-node.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type { Database } from '../../db/index.ts';

/** The machine of a node, as the inventory knows it. */
export interface NodeMachine {
  readonly deviceId: string;
  readonly name: string;
  /** Null: the device has no SSH host. */
  readonly target: SshTarget | null;
}

export interface MachineNeeds {
  readonly db: Pick<Database, 'clusterContexts' | 'tables'>;
  readonly targetOf: (deviceId: string) => SshTarget;
}

/**
 * Which device a node is: a member of its cluster of the same name, else the one device that has the id of
 * its system or its address. A doubt is no answer, since K3s would be taken off the wrong machine.
 */
export function machineOf(
  { db, targetOf }: MachineNeeds,
  clusterId: string,
  { name, machineId, addresses }: Pick<ClusterNode, 'name' | 'machineId' | 'addresses'>,
): NodeMachine | null {
  const members = db.clusterContexts.members(clusterId);
  const isNamed = (device: string) => [device, device.split('.')[0]].includes(name.toLowerCase());
  const named = members.filter((member) => isNamed(member.name.toLowerCase()));
  const carriers = (kind: 'machine-id' | 'address', value: string) =>
    value === '' ? [] : db.tables.identities.carriers({ kind, value }, 3);
  const inCluster = new Set(members.map(({ deviceId }) => deviceId));
  const seen = [
    ...carriers('machine-id', machineId),
    ...addresses.slice(0, 4).flatMap((address) => carriers('address', address)),
  ].map(({ deviceId }) => deviceId);
  const own = seen.filter((id) => inCluster.has(id));
  const ids = [
    ...new Set(
      named.length > 0 ? named.map(({ deviceId }) => deviceId) : own.length > 0 ? own : seen,
    ),
  ];
  const [only, other] = ids;
  if (only === undefined || other !== undefined) return null;
  const device = db.tables.devices.get(only);
  return device === undefined
    ? null
    : { deviceId: only, name: device.name, target: reached(() => targetOf(only)) };
}

function reached(target: () => SshTarget): SshTarget | null {
  try {
    return target();
  } catch (error) {
    if (error instanceof RackhelmError) return null;
    throw error;
  }
}
