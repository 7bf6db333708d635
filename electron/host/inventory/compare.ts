import type {
  ComparisonKind,
  ComparisonRow,
  DeviceRow,
  InterfaceRow,
} from '../../../shared/model/inventory.ts';
import type { Observed } from '../db/index.ts';
import { comparedFields } from './compared-fields.ts';
import { interfacePath } from './interface-path.ts';
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
  /** As observed, not as shown; null: nothing was. */
  readonly value: string | null;
}

export interface CompareInput {
  readonly device: DeviceRow;
  readonly interfaces: readonly InterfaceRow[];
  readonly observed: readonly Observed[];
  /** By path: what was observed when the person said to keep what is declared; null: nothing. */
  readonly kept: ReadonlyMap<string, string | null>;
}

/**
 * Declared beside observed, field by field. What the person declared wins: a row only offers the
 * observed value, and what a scan did not see is never offered for deletion.
 */
export function compare(input: CompareInput): readonly ComparedRow[] {
  const observed = byKey(input.observed);
  const compared = comparer(input.kept);
  return [
    ...compareFields(input.device, observed, compared),
    ...compareInterfaces(input, observed, compared),
  ];
}

export function countDifferences(rows: readonly ComparedRow[]): number {
  return rows.filter(({ row }) => isOpen(row)).length;
}

/** Whether a line is a difference that waits for a decision. */
export function isOpen({ state, kept, byItself }: ComparisonRow): boolean {
  if (kept || state === 'same' || state === 'unknown') return false;
  return state !== 'only-observed' || !byItself;
}

type ObservedByKey = ReadonlyMap<string, Observed>;

export function byKey(observed: readonly Observed[]): ObservedByKey {
  return new Map(observed.map((one) => [one.key, one]));
}

const notYet = 'No facts were collected yet.';

function compareFields(
  device: DeviceRow,
  observed: ObservedByKey,
  compared: Comparer,
): readonly ComparedRow[] {
  return comparedFields.map(({ field, group, label, text, same, byItself = false }) => {
    const declared = device[field];
    const seen = observed.get(field);
    const value = seen?.value ?? null;
    const equal =
      declared !== null &&
      value !== null &&
      (String(declared) === value || (same?.(String(declared), value) ?? false));
    return compared({
      path: field,
      kind: 'field',
      byItself,
      value,
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

function compareInterfaces(
  input: CompareInput,
  observed: ObservedByKey,
  compared: Comparer,
): readonly ComparedRow[] {
  const links = new Map(linksOf(observed).map((link) => [link.name, link]));
  const declared = new Map(input.interfaces.map((one) => [one.name, one]));
  const names = new Set([...declared.keys(), ...links.keys()]);
  const section = observed.get(interfacesKey);
  const unknown = section?.value === 'ok' ? undefined : (section?.reason ?? notYet);
  return [...names].flatMap((name) =>
    compareInterface({
      path: interfacePath(name),
      name,
      declared: declared.get(name),
      link: links.get(name),
      unknown,
      compared,
    }),
  );
}

interface InterfacePair {
  readonly path: string;
  readonly name: string;
  readonly declared: InterfaceRow | undefined;
  readonly link: ObservedLink | undefined;
  /** Why nothing was observed of any interface. */
  readonly unknown: string | undefined;
  readonly compared: Comparer;
}

function compareInterface(pair: InterfacePair): readonly ComparedRow[] {
  const { path, name, declared, link, unknown, compared } = pair;
  const group = `Interface ${name}`;
  const exists = compared({
    path,
    kind: 'interface',
    value: link?.kind ?? null,
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

function compareMac(pair: InterfacePair): readonly ComparedRow[] {
  const { path, name, declared, link, unknown, compared } = pair;
  const macs = declared?.macs ?? [];
  const mac = link?.mac ?? null;
  if (macs.length === 0 && mac === null) return [];
  return [
    compared({
      path: `${path}/mac`,
      kind: 'mac',
      value: mac,
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

function compareMtu(pair: InterfacePair): readonly ComparedRow[] {
  const { path, name, declared, link, unknown, compared } = pair;
  const [wanted, mtu] = [declared?.mtu ?? null, link?.mtu ?? null];
  if (wanted === null && mtu === null) return [];
  return [
    compared({
      path: `${path}/mtu`,
      kind: 'mtu',
      value: mtu === null ? null : String(mtu),
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
  const { path, name, declared, link, compared } = pair;
  const wanted = new Map((declared?.addresses ?? []).map((one) => [one.address, one.role]));
  const seen = new Map((link?.addresses ?? []).map((one) => [one.address, one]));
  return [...new Set([...wanted.keys(), ...seen.keys()])].map((address) => {
    const { role, byItself = false } = seen.get(address) ?? {};
    return compared({
      path: `${path}/address/${address}`,
      kind: 'address',
      byItself,
      value: role === undefined ? null : address,
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
  readonly kind: ComparisonKind;
  readonly byItself?: boolean;
  /** As observed, not as shown; null: nothing was. */
  readonly value: string | null;
}

type Comparer = (parts: RowParts) => ComparedRow;

function comparer(keptValues: CompareInput['kept']): Comparer {
  return (parts) => {
    const { path, group, label, declared, observed, kind, byItself = false } = parts;
    const state = stateOf(parts);
    const acceptable = state === 'differs' || state === 'only-observed';
    const reason = state === 'unknown' ? (parts.unknown ?? null) : null;
    const differs = acceptable || state === 'only-declared';
    const kept = differs && keptValues.get(path) === parts.value;
    return {
      row: {
        path,
        group,
        label,
        declared,
        observed,
        state,
        reason,
        acceptable,
        kind,
        byItself,
        kept,
      },
      acceptance: acceptable ? parts.acceptance : undefined,
      value: parts.value,
    };
  };
}

function stateOf(parts: RowParts): ComparisonRow['state'] {
  if (parts.observed === null) return parts.unknown === undefined ? 'only-declared' : 'unknown';
  if (parts.declared === null) return 'only-observed';
  return parts.same ? 'same' : 'differs';
}
