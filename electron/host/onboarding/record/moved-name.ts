import { parseAddress } from '../../../../shared/network/address.ts';
import type { RecordParams } from './record-params.ts';

/**
 * What a person has to see to where a machine gets another address and is known by a name: the inventory
 * keeps the name, and who says where that leads is not ours to change. `at`: the host that the name led to
 * when it was planned. Null: nothing.
 */
export function movedName(
  { target: { host }, addresses }: Pick<RecordParams, 'target' | 'addresses'>,
  at: string,
): string | null {
  const set = addresses.find((one) => one.set)?.address.split('/')[0];
  if (set === undefined || set === at || parseAddress(host) !== undefined) return null;
  if (host.toLowerCase() === at.toLowerCase()) {
    return `It is reached as ${host}: see to it that this name leads to ${set} from then on.`;
  }
  return `Your ssh configuration has “HostName ${at}” for ${host}. Change that line to “HostName ${set}” once it has moved.`;
}
