import type { NodeAddress } from '../../../../shared/cluster/join/node-place.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { parseHostAddress } from '../../../../shared/network/prefix.ts';
import { containsAddress } from '../../../../shared/network/range.ts';
import type { Database } from '../../db/index.ts';
import type { JoinMachine } from './join-request.ts';

/** What a machine has and is to have, each with what its VLAN carries. */
export function nodeAddresses(
  db: Pick<Database, 'tables'>,
  { facts, planned }: Pick<JoinMachine, 'facts' | 'planned'>,
): NodeAddress[] {
  const now = (facts?.links ?? []).flatMap(({ name, addresses }) =>
    addresses.map(({ address }) => ({ interface: name, address, planned: false })),
  );
  const all = [...planned.map((one) => ({ ...one, planned: true })), ...now];
  const prefixes = db.tables.prefixSpace.prefixes();
  return all.map((one) => {
    const parsed = parseHostAddress(one.address)?.address;
    const [closest] = prefixes
      .filter((prefix) => parsed !== undefined && containsAddress(prefix, parsed))
      .toSorted((a, b) => b.length - a.length);
    const vlanId = closest?.vlanId ?? null;
    const vlan = vlanId === null ? undefined : db.tables.records.get(kindOf('vlan'), vlanId);
    const traffic = vlan?.values.traffic;
    return {
      ...one,
      vlan: vlan?.name ?? null,
      traffic: typeof traffic === 'string' ? traffic : null,
    };
  });
}
