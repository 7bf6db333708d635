import type { PrefixRow, VlanRow } from '../../../shared/model/inventory.ts';

/** One line of the list: a VLAN with its prefixes, or a prefix by itself. */
export interface NetworkRow {
  readonly kind: 'vlan' | 'prefix';
  readonly id: string;
  readonly vlanId: number | null;
  readonly name: string;
  readonly prefixes: readonly string[];
  /** Null of a prefix: it has addresses instead. */
  readonly interfaceCount: number | null;
  readonly purpose: string | null;
}

/** All VLANs, and after them the prefixes of which no VLAN is known. */
export function networkRows(
  vlans: readonly VlanRow[],
  prefixes: readonly PrefixRow[],
): readonly NetworkRow[] {
  return [
    ...vlans.map((vlan) => ({ kind: 'vlan' as const, ...vlan })),
    ...prefixes.filter(({ vlan }) => vlan === null).map(prefixRow),
  ];
}

function prefixRow({ id, prefix, vlan }: PrefixRow): NetworkRow {
  return {
    kind: 'prefix',
    id,
    vlanId: vlan?.vlanId ?? null,
    name: vlan?.name ?? 'No VLAN',
    prefixes: [prefix],
    interfaceCount: null,
    purpose: null,
  };
}

/** How the address of the page calls it. */
export function thingOf(row: NetworkRow): string {
  return row.kind === 'vlan' ? `vlan/${row.vlanId}` : `prefix/${row.prefixes[0]}`;
}

/** What the address names: also a prefix that stands in the line of its VLAN. */
export function rowOfThing(
  thing: string | null,
  rows: readonly NetworkRow[],
  prefixes: readonly PrefixRow[],
): NetworkRow | null {
  if (thing === null) return null;
  const own = rows.find((row) => thingOf(row) === thing);
  if (own !== undefined) return own;
  const prefix = prefixes.find((each) => `prefix/${each.prefix}` === thing);
  return prefix === undefined ? null : prefixRow(prefix);
}
