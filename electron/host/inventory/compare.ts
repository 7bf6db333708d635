import type { ComparisonRow, DeviceRow, InterfaceRow } from '../../../shared/model/inventory.ts';
import type { Observed } from '../db/index.ts';
import { comparedFields } from './compared-fields.ts';
import { interfacesKey, linksOf, type ObservedLink } from './observed.ts';

/** What accepting a row would write. */
export type Acceptance =
  | { readonly kind: 'field'; readonly field: string; readonly value: string }
  | { readonly kind: 'interface'; readonly link: ObservedLink }
  | { readonly kind: 'mac'; readonly link: ObservedLink; readonly mac: string }
  | { readonly kind: 'mtu'; readonly link: ObservedLink; readonly mtu: number }
  | {
      readonly kind: 'address';
      readonly link: ObservedLink;
      readonly address: string;
      readonly role: string;
    };

export interface ComparedRow {
  readonly row: ComparisonRow;
  /** Set exactly where the row is acceptable. */
  readonly acceptance: Acceptance | undefined;
}

export interface CompareInput {
  readonly device: DeviceRow;
  readonly interfaces: readonly InterfaceRow[];
  readonly observed: readonly Observed[];
}

/**
 * Declared beside observed, field by field. What the person declared wins: a row only offers the
 * observed value, and what a scan did not see is never offered for deletion.
 */
export function compare(input: CompareInput): readonly ComparedRow[] {
  const observed = byKey(input.observed);
  return [...compareFields(input.device, observed), ...compareInterfaces(input, observed)];
}

export function countDifferences(rows: readonly ComparedRow[]): number {
  const differing = ['differs', 'only-observed', 'only-declared'];
  return rows.filter(({ row }) => differing.includes(row.state)).length;
}

type ObservedByKey = ReadonlyMap<string, Observed>;

export function byKey(observed: readonly Observed[]): ObservedByKey {
  return new Map(observed.map((one) => [one.key, one]));
}

const notYet = 'No facts were collected yet.';

function compareFields(device: DeviceRow, observed: ObservedByKey): readonly ComparedRow[] {
  return comparedFields.map(({ field, group, label, text, same }) => {
    const declared = device[field];
    const seen = observed.get(field);
    const value = seen?.value ?? null;
    const equal =
      declared !== null &&
      value !== null &&
      (String(declared) === value || (same?.(String(declared), value) ?? false));
    return comparedRow({
      path: field,
      group,
      label,
      declared: declared === null ? null : text(declared),
      observed: value === null ? null : text(value),
      same: equal,
      unknown: value === null ? (seen?.reason ?? notYet) : undefined,
      acceptance: value === null ? undefined : { kind: 'field', field, value },
    });
  });
}

function compareInterfaces(input: CompareInput, observed: ObservedByKey): readonly ComparedRow[] {
  const links = new Map(linksOf(observed).map((link) => [link.name, link]));
  const declared = new Map(input.interfaces.map((one) => [one.name, one]));
  const names = new Set([...declared.keys(), ...links.keys()]);
  const section = observed.get(interfacesKey);
  const unknown = section?.value === 'ok' ? undefined : (section?.reason ?? notYet);
  return [...names].flatMap((name) =>
    compareInterface({ name, declared: declared.get(name), link: links.get(name), unknown }),
  );
}

interface InterfacePair {
  readonly name: string;
  readonly declared: InterfaceRow | undefined;
  readonly link: ObservedLink | undefined;
  /** Why nothing was observed of any interface. */
  readonly unknown: string | undefined;
}

function compareInterface(pair: InterfacePair): readonly ComparedRow[] {
  const { name, declared, link, unknown } = pair;
  const path = `interface/${name}`;
  const group = `Interface ${name}`;
  const exists = comparedRow({
    path,
    group,
    label: 'Interface',
    declared: declared?.kind ?? null,
    observed: link?.kind ?? null,
    same: declared !== undefined && link !== undefined,
    unknown,
    acceptance: link && { kind: 'interface', link },
  });
  return [exists, ...compareMac(pair), ...compareMtu(pair), ...compareAddresses(pair)];
}

function compareMac({ name, declared, link, unknown }: InterfacePair): readonly ComparedRow[] {
  const macs = declared?.macs ?? [];
  const mac = link?.mac ?? null;
  if (macs.length === 0 && mac === null) return [];
  return [
    comparedRow({
      path: `interface/${name}/mac`,
      group: `Interface ${name}`,
      label: 'MAC',
      declared: macs.length === 0 ? null : macs.join(', '),
      observed: mac,
      same: mac !== null && macs.includes(mac),
      unknown: unknown ?? (link && mac === null ? 'The machine did not tell it.' : undefined),
      acceptance: link && mac !== null ? { kind: 'mac', link, mac } : undefined,
    }),
  ];
}

function compareMtu({ name, declared, link, unknown }: InterfacePair): readonly ComparedRow[] {
  const [wanted, mtu] = [declared?.mtu ?? null, link?.mtu ?? null];
  if (wanted === null && mtu === null) return [];
  return [
    comparedRow({
      path: `interface/${name}/mtu`,
      group: `Interface ${name}`,
      label: 'MTU',
      declared: wanted === null ? null : String(wanted),
      observed: mtu === null ? null : String(mtu),
      same: wanted === mtu,
      unknown: unknown ?? (link && mtu === null ? 'The machine did not tell it.' : undefined),
      acceptance: link && mtu !== null ? { kind: 'mtu', link, mtu } : undefined,
    }),
  ];
}

function compareAddresses(pair: InterfacePair): readonly ComparedRow[] {
  const { name, declared, link } = pair;
  const wanted = new Map((declared?.addresses ?? []).map((one) => [one.address, one.role]));
  const seen = new Map((link?.addresses ?? []).map((one) => [one.address, one.role]));
  return [...new Set([...wanted.keys(), ...seen.keys()])].map((address) => {
    const role = seen.get(address);
    return comparedRow({
      path: `interface/${name}/address/${address}`,
      group: `Interface ${name}`,
      label: 'Address',
      declared: wanted.has(address) ? address : null,
      observed: role === undefined ? null : address,
      same: wanted.has(address) && role !== undefined,
      unknown: pair.unknown ?? elsewhere(wanted.get(address), role),
      acceptance: link && role !== undefined ? { kind: 'address', link, address, role } : undefined,
    });
  });
}

/** A virtual address that this machine does not carry now is no difference. */
function elsewhere(declaredRole: string | undefined, observedRole: string | undefined) {
  return declaredRole === 'virtual' && observedRole === undefined
    ? 'A virtual address; another machine may carry it now.'
    : undefined;
}

interface RowParts {
  readonly path: string;
  readonly group: string;
  readonly label: string;
  readonly declared: string | null;
  readonly observed: string | null;
  readonly same: boolean;
  /** Why it is not known what the machine has; counts only while nothing was observed. */
  readonly unknown: string | undefined;
  readonly acceptance: Acceptance | undefined;
}

function comparedRow(parts: RowParts): ComparedRow {
  const { path, group, label, declared, observed } = parts;
  const state = stateOf(parts);
  const acceptable = state === 'differs' || state === 'only-observed';
  const reason = state === 'unknown' ? (parts.unknown ?? null) : null;
  return {
    row: { path, group, label, declared, observed, state, reason, acceptable },
    acceptance: acceptable ? parts.acceptance : undefined,
  };
}

function stateOf(parts: RowParts): ComparisonRow['state'] {
  if (parts.observed === null) return parts.unknown === undefined ? 'only-declared' : 'unknown';
  if (parts.declared === null) return 'only-observed';
  return parts.same ? 'same' : 'differs';
}
