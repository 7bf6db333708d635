import type { Facts } from '../../../shared/model/facts.ts';
import type { IdentityKey } from '../db/index.ts';
import { comparedInterfaces, isIdentifying, ownAddresses } from './interface-rules.ts';

/** What firmware says where nobody filled a serial number in. */
const placeholderSerial =
  /^(0+|1234567890|0?123456789|none|n\/?a|null|unknown|default( string)?|not (specified|applicable|available)|to be filled.*|system serial.*|chassis serial.*|o\.?e\.?m\.?|x+|\.+|-+)$/i;

/** Keys by which this machine can be known again, strongest first. */
export function identityKeysOf(facts: Facts): readonly IdentityKey[] {
  const { machineId } = facts.sections;
  const serial = serialOf(facts);
  return [
    ...(machineId.status === 'ok'
      ? [{ kind: 'machine-id' as const, value: machineId.data.machineId.toLowerCase() }]
      : []),
    ...(serial === null ? [] : [{ kind: 'serial' as const, value: serial }]),
    ...macsOf(facts).map((value) => ({ kind: 'mac' as const, value })),
  ];
}

export function serialOf(facts: Facts): string | null {
  const { model } = facts.sections;
  const serial = model.status === 'ok' ? model.data.serial : null;
  return serial === null || placeholderSerial.test(serial.trim()) ? null : serial;
}

function macsOf(facts: Facts): readonly string[] {
  const { interfaces } = facts.sections;
  if (interfaces.status !== 'ok') return [];
  const macs = interfaces.data.filter(isIdentifying).flatMap(({ mac }) => mac?.toLowerCase() ?? []);
  return [...new Set(macs)];
}

/** Addresses that belong to this machine alone, without prefix length. */
export function hostAddressesOf(facts: Facts): readonly string[] {
  return comparedInterfaces(facts)
    .flatMap(ownAddresses)
    .filter(({ role }) => role === 'host')
    .map(({ address }) => address.split('/')[0] ?? address);
}
