import type { Steps } from '../../../../shared/cluster/census/census.ts';
import type { CensusNode } from '../../../../shared/cluster/census/node.ts';
import type { NodeCandidate } from '../../../../shared/cluster/drift/declared.ts';
import type { Database, IdentityKey } from '../../db/index.ts';

const mostEach = 5;
const mostAddresses = 4;

/** Devices that each node may be, by its name: of the same system, name or address. */
export function* nodeDevices(
  db: Database,
  nodes: readonly CensusNode[],
): Steps<Map<string, NodeCandidate[]>> {
  const found = new Map<string, NodeCandidate[]>();
  for (const { name, machineId, addresses } of nodes) {
    const carriers = (by: NodeCandidate['by'], key: IdentityKey): NodeCandidate[] =>
      db.tables.identities.carriers(key, mostEach).map(({ deviceId }) => ({ deviceId, by }));
    found.set(name, [
      ...(machineId === '' ? [] : carriers('machine-id', { kind: 'machine-id', value: machineId })),
      ...carriers('name', { kind: 'hostname', value: name.toLowerCase() }),
      ...addresses
        .slice(0, mostAddresses)
        .flatMap((value) => carriers('address', { kind: 'address', value })),
    ]);
    yield;
  }
  return found;
}
