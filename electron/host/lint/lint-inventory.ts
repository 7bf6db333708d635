import { type FieldValue, type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import type { FindingSubject } from '../../../shared/model/lint.ts';

export interface LintRow {
  readonly id: string;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** What the rules look at, by kind; a field that is not listed is not read. */
export const lintFields = {
  site: ['name'],
  room: ['name', 'site'],
  rack: ['name', 'site', 'heightUnits', 'width', 'depth'],
  'device-type': ['manufacturer', 'model', 'depth', 'width', 'fullDepth', 'heightUnits'],
  vlan: ['number', 'name', 'mtu'],
  prefix: ['prefix', 'vlan', 'site', 'gateway'],
  device: [
    'name',
    'kind',
    'status',
    'site',
    'deviceType',
    'rack',
    'position',
    'heightUnits',
    'face',
    'side',
    'parent',
    'hostname',
    'serial',
    'nameplate',
    'measured',
  ],
  interface: ['device', 'name', 'kind', 'mtu', 'speedMbps', 'lag', 'parent', 'disabled'],
  mac: ['interface', 'mac'],
  port: ['device', 'role', 'name', 'rear', 'rearPosition', 'positions'],
  'vlan-membership': ['interface', 'vlan', 'tagged'],
  address: ['interface', 'address', 'role'],
  'address-holder': ['address', 'interface'],
  'ip-range': ['range', 'role', 'server'],
  'dhcp-reservation': ['address', 'mac', 'interface'],
  cable: ['label', 'type', 'status'],
  'cable-end': ['cable', 'side', 'lane', 'interface', 'port'],
  'power-point': [
    'device',
    'site',
    'name',
    'role',
    'feed',
    'phase',
    'volts',
    'amperes',
    'nameplate',
    'measured',
    'fedBy',
  ],
  'power-link': ['source', 'input'],
  cluster: ['name', 'kind', 'podPrefix', 'servicePrefix', 'endpoint'],
  'cluster-member': ['cluster', 'device', 'role'],
  service: ['name', 'kind', 'cluster', 'replicas'],
  'service-runs-on': ['service', 'device'],
  'service-depends-on': ['service', 'needed'],
  exposure: ['service', 'port', 'protocol', 'hostname', 'address', 'vlan'],
  'ci-runner': ['name', 'forge', 'device'],
  'storage-pool': ['name', 'device', 'sizeBytes', 'usedBytes'],
  volume: ['name', 'pool', 'device', 'sizeBytes', 'usedBytes'],
} as const satisfies Partial<Record<KindName, readonly string[]>>;

export type LintKind = keyof typeof lintFields;

/** A row that is being typed: it stands for the one of its id, or as one that is not there yet. */
export interface Draft {
  readonly kind: LintKind;
  readonly id: string;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/**
 * The inventory as the rules read it. Rows are read once; what is asked for by a field's value is
 * indexed when it is first asked for. `with` gives the same inventory with a row as it is being typed.
 */
export class LintInventory {
  readonly #read: (kind: LintKind) => readonly LintRow[];
  readonly #rows = new Map<LintKind, readonly LintRow[]>();
  readonly #ids = new Map<LintKind, ReadonlyMap<string, LintRow>>();
  readonly #indexes = new Map<string, ReadonlyMap<FieldValue, readonly LintRow[]>>();

  constructor(read: (kind: LintKind) => readonly LintRow[]) {
    this.#read = read;
  }

  with(draft: Draft): LintInventory {
    return new LintInventory((kind) => {
      const rows = this.rows(kind);
      if (kind !== draft.kind) return rows;
      const now = this.row(kind, draft.id);
      const row = { id: draft.id, values: { ...now?.values, ...draft.values } };
      return [...rows.filter(({ id }) => id !== draft.id), row];
    });
  }

  rows(kind: LintKind): readonly LintRow[] {
    const known = this.#rows.get(kind) ?? this.#read(kind);
    this.#rows.set(kind, known);
    return known;
  }

  row(kind: LintKind, id: FieldValue | undefined): LintRow | undefined {
    if (typeof id !== 'string') return undefined;
    const ids =
      this.#ids.get(kind) ?? new Map(this.rows(kind).map((row) => [row.id, row] as const));
    this.#ids.set(kind, ids);
    return ids.get(id);
  }

  /** The rows of a kind by the value of a field; those without a value are left out. */
  by(kind: LintKind, field: string): ReadonlyMap<FieldValue, readonly LintRow[]> {
    const key = `${kind}.${field}`;
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = groupBy(this.rows(kind), (row) => row.values[field]);
    this.#indexes.set(key, index);
    return index;
  }

  /** The rows of `kind` whose reference in `field` is to that row. */
  of(kind: LintKind, field: string, id: string): readonly LintRow[] {
    return this.by(kind, field).get(id) ?? [];
  }

  /** What a person calls a row: the parts of its key, those it refers to by what they are called. */
  nameOf(kind: LintKind, row: LintRow | undefined): string {
    if (row === undefined) return '';
    const description = kindOf(kind);
    const parts = description.key.map((name) => {
      const value = row.values[name];
      const field = description.fields[name];
      if (field?.type !== 'reference') return value === null ? '' : String(value ?? '');
      const to = field.to as LintKind; // the owners of what is read are read themselves
      return to in lintFields ? this.nameOf(to, this.row(to, value)) : '';
    });
    return parts.filter((part) => part !== '').join(' ');
  }

  subject(kind: LintKind, row: LintRow, field: string | null = null): FindingSubject {
    return { kind, id: row.id, name: this.nameOf(kind, row), field };
  }
}

/** In the order of the rows; what has no value is left out. */
export function groupBy<R, K>(
  rows: Iterable<R>,
  keyOf: (row: R) => K | null | undefined,
): Map<K, R[]> {
  const groups = new Map<K, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null || key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
