import type { DeviceRow } from '../../../../shared/model/inventory.ts';
import type { FieldValue } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';
import type { InventoryRows } from '../inventory-rows.ts';

/** A device as other programs reach it. */
export interface Machine {
  readonly device: DeviceRow;
  /** Its name in letters that every format takes, told apart from all others. */
  readonly alias: string;
  /** Host name or address to connect to; null: nothing is known, or it cannot be written safely. */
  readonly address: string | null;
  readonly clusters: readonly { readonly name: string; readonly role: string }[];
}

const mostDevices = 1_000_000;

export function machinesOf(db: Database, rows: InventoryRows): Machine[] {
  const { rows: devices } = db.tables.devices.list({
    search: '',
    kinds: [],
    statuses: [],
    rackId: null,
    tag: null,
    onlyDifferent: false,
    onlyFailed: false,
    onlyOld: false,
    onlyUnobserved: false,
    onlyWithoutRack: false,
    sort: { key: 'name', descending: false },
    offset: 0,
    limit: mostDevices,
  });
  const clusters = clustersOf(rows);
  const aliases = new Distinct();
  // Who is called so keeps that name; the others are told apart from it.
  for (const { name, id } of devices) if (safeName(name) === name) aliases.of(name, id);
  return devices.map((device) => {
    const wanted = device.sshHost ?? device.primaryAddress;
    return {
      device,
      alias: aliases.of(safeName(device.name), device.id),
      address: wanted !== null && isHost(wanted) ? wanted : null,
      clusters: clusters.get(device.id) ?? [],
    };
  });
}

function clustersOf(rows: InventoryRows) {
  const found = new Map<string, { name: string; role: string }[]>();
  for (const { values } of rows.byKind.get('cluster-member') ?? []) {
    const cluster = rows.byId.get(String(values.cluster))?.row.values.name;
    const known = found.get(String(values.device)) ?? [];
    known.push({ name: text(cluster), role: text(values.role) });
    found.set(String(values.device), known);
  }
  return found;
}

export const text = (value: FieldValue | undefined) => String(value ?? '');

const isHost = (name: string) => /^[A-Za-z0-9_][A-Za-z0-9._:%-]*$|^::[0-9a-f:.]*$/i.test(name);

/** Letters, digits, dots, lines: no pattern, no option and no comment in any of the formats. */
export function safeName(name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
  return safe === '' ? 'device' : safe;
}

/** Gives each thing a name of its own where several would have the same. */
export class Distinct {
  readonly #byThing = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(name: string, thing: string, between = '-'): string {
    const known = this.#byThing.get(thing);
    if (known !== undefined) return known;
    let free = name;
    for (let count = 2; this.#taken.has(free.toLowerCase()); count += 1) {
      free = `${name}${between}${count}`;
    }
    this.#taken.add(free.toLowerCase());
    this.#byThing.set(thing, free);
    return free;
  }
}

/** On one line, without what could end a comment or turn the direction of writing. */
export const inComment = (name: string) =>
  name.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu, ' ');

/** What an option of ssh may hold, told for a comment where it may not. */
export const sshOptions = {
  user: (value: string) => /^[A-Za-z0-9_][A-Za-z0-9._@\\-]*\$?$/.test(value),
  /** No quotation marks, no templates of Ansible, nothing that would begin another line. */
  file: (value: string) => !/["\p{Cc}]|\{[{%#]/u.test(value),
  jump: (value: string) => /^[A-Za-z0-9_[][A-Za-z0-9._@:,%[\]-]*$/.test(value) && !/,-/.test(value),
};
