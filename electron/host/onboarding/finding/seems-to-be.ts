import { canonicalNetwork } from '../../../../shared/model/kinds/typed.ts';
import type { Database, IdentityKey } from '../../db/index.ts';

/** The one device that has this MAC, this address or this name; null where none or several do. */
export function seemsToBe(
  db: Database,
  seen: {
    readonly mac?: string | null;
    readonly address?: string | null;
    readonly name?: string | null;
  },
): { deviceId: string; deviceName: string } | null {
  const keys: IdentityKey[] = [];
  if (seen.mac) keys.push({ kind: 'mac', value: seen.mac.toLowerCase() });
  const { address } = seen;
  if (address && canonicalNetwork('address', address) !== undefined) {
    keys.push({ kind: 'address', value: address });
  }
  const short = seen.name?.split('.')[0]?.toLowerCase();
  if (short) keys.push({ kind: 'hostname', value: short });
  for (const key of keys) {
    const [only, another] = db.tables.identities.carriers(key, 2);
    if (only !== undefined && another === undefined) {
      return { deviceId: only.deviceId, deviceName: only.deviceName };
    }
  }
  return null;
}
