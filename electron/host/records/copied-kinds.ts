import type { Kind, KindName } from '../../../shared/model/kinds/index.ts';
import { kinds } from '../../../shared/model/kinds/index.ts';

/**
 * What belongs to one thing alone and would say of a copy what is not so: where it is plugged in, what
 * it is reached by, what it is a member of.
 */
const staysBehind: ReadonlySet<KindName> = new Set([
  'mac',
  'address',
  'address-holder',
  'cable-end',
  'power-link',
  'cluster-member',
  'service-port',
  'exposure',
]);

/** Fields that tell one thing from all others, or were measured on it. */
const blankFields: Partial<Readonly<Record<string, readonly string[]>>> = {
  device: ['serial', 'assetTag', 'hostname', 'sshHost', 'bay', 'measured'],
  'device-type': ['slug', 'partNumber'],
  'power-point': ['measured'],
  prefix: ['gateway'],
  address: ['dnsName'],
  cluster: ['endpoint'],
  service: ['url'],
  'storage-pool': ['usedBytes'],
  volume: ['usedBytes'],
  'cable-end': ['interface', 'port'],
};

/** The combinations of fields that only one row has; the last of each is counted on. */
export function uniqueFields(kind: Kind): readonly (readonly string[])[] {
  if (kind.name === 'vlan') return [['name'], ['number']];
  return [kind.key];
}

/** Fields of a copy that are not declared. */
export const blankOf = (kind: Kind): readonly string[] => blankFields[kind.name] ?? [];

/** The kinds whose rows belong to one of this kind and go along when it is copied, with the field. */
export function partsOf(kind: Kind): readonly { readonly kind: Kind; readonly owner: string }[] {
  const all: readonly Kind[] = kinds;
  return all.flatMap((part) => {
    const owner = part.owner;
    const field = owner === undefined ? undefined : part.fields[owner];
    if (owner === undefined || field?.type !== 'reference' || field.to !== kind.name) return [];
    if (staysBehind.has(part.name as KindName) || part.name === kind.name) return []; // every kind has a name of the list
    return [{ kind: part, owner }];
  });
}
