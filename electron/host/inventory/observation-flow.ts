import { RackhelmError } from '../../../shared/model/errors.ts';
import { type Facts, factsSchema } from '../../../shared/model/facts.ts';
import { type Comparison, deviceFields } from '../../../shared/model/inventory.ts';
import { type Database, parseAddress } from '../db/index.ts';
import { type Acceptance, type ComparedRow, compare, countDifferences } from './compare.ts';
import { deviceOrThrow } from './device-lookup.ts';
import { identityKeysOf } from './identity-keys.ts';
import { type ObservedLink, observationsOf } from './observed.ts';

/** Facts into observations, observations beside what is declared, and back by accepting. */
export interface ObservationFlow {
  compared(deviceId: string): readonly ComparedRow[];
  comparison(deviceId: string): Comparison;
  differences(deviceId: string): number;
  facts(deviceId: string): Facts | null;
  /** Inside a change set: observations and identity keys of these facts. */
  record(deviceId: string, facts: Facts): void;
  /** Inside a change set: how many of these paths were written. */
  accept(deviceId: string, paths: readonly string[] | 'all'): number;
}

export function createObservationFlow(db: Database): ObservationFlow {
  const { devices, interfaces, observations, identities } = db.tables;

  const compared = (deviceId: string) => {
    const device = deviceOrThrow(db, deviceId);
    const { observed } = observations.newest(deviceId);
    return compare({ device, interfaces: interfaces.ofDevice(deviceId), observed });
  };

  return {
    compared,
    comparison(deviceId) {
      const { source, collectedAt } = observations.newest(deviceId);
      const rows = compared(deviceId).map(({ row }) => row);
      return { deviceId, observedAt: collectedAt, source, rows };
    },
    differences: (deviceId) => countDifferences(compared(deviceId)),
    facts(deviceId) {
      deviceOrThrow(db, deviceId);
      const document = observations.document(deviceId);
      return document === undefined ? null : factsSchema.parse(JSON.parse(document.json));
    },
    record(deviceId, facts) {
      const document = {
        deviceId,
        source: 'ssh', // the one way that facts come, at first and at each refresh
        collectedAt: facts.collectedAt,
        json: JSON.stringify(facts),
      };
      observations.record(document, observationsOf(facts));
      identities.record(deviceId, identityKeysOf(facts), facts.collectedAt);
    },
    accept(deviceId, paths) {
      const rows = chosen(compared(deviceId), paths);
      const writer = createAcceptanceWriter(db, deviceId);
      for (const acceptance of rows) writer.write(acceptance);
      if (writer.patched()) devices.update(deviceId, writer.patch());
      return rows.length;
    },
  };
}

function chosen(rows: readonly ComparedRow[], paths: readonly string[] | 'all') {
  const byPath = new Map(rows.map((row) => [row.row.path, row]));
  const wanted = paths === 'all' ? [...byPath.keys()] : [...new Set(paths)];
  return wanted.flatMap((path) => {
    const row = byPath.get(path);
    if (row === undefined) {
      throw new RackhelmError('INVALID_INPUT', `There is nothing to compare under ${path}.`, {
        hint: 'Look at the device again; it has changed since.',
        data: { path },
      });
    }
    return row.acceptance === undefined ? [] : [row.acceptance];
  });
}

function createAcceptanceWriter(db: Database, deviceId: string) {
  const { interfaces, vlans } = db.tables;
  const ids = new Map(interfaces.ofDevice(deviceId).map(({ name, id }) => [name, id]));
  const values: Record<string, unknown> = {};

  const interfaceId = (link: ObservedLink): string => {
    const known = ids.get(link.name);
    if (known !== undefined) return known;
    const { name, kind } = link;
    const id = interfaces.insert({ deviceId, name, kind, mtu: null, speedMbps: null });
    ids.set(name, id);
    joinKnownVlan(link, id);
    return id;
  };
  /** A VLAN interface carries its VLAN untagged; the interface below carries it tagged. */
  const joinKnownVlan = (link: ObservedLink, id: string) => {
    const vlanId = link.vlanId === null ? undefined : vlans.idByNumber(link.vlanId);
    if (vlanId === undefined) return;
    interfaces.joinVlan(id, vlanId, false);
    const parent = link.parent === null ? undefined : ids.get(link.parent);
    if (parent !== undefined) interfaces.joinVlan(parent, vlanId, true);
  };
  const addAddress = (link: ObservedLink, text: string, role: string) => {
    const address = parseAddress(text);
    if (address === undefined) return;
    const id = interfaceId(link);
    interfaces.addAddress(id, address, role);
    // An address inside a VLAN's prefix says which VLAN an access port is in.
    const vlanId = link.vlanId === null ? vlans.idByAddress(address.bytes) : undefined;
    if (vlanId !== undefined && role !== 'virtual') interfaces.joinVlan(id, vlanId, false);
  };

  return {
    write(acceptance: Acceptance) {
      switch (acceptance.kind) {
        case 'field':
          values[acceptance.field] = declaredValue(acceptance.field, acceptance.value);
          return;
        case 'interface':
          interfaceId(acceptance.link);
          return;
        case 'mac':
          interfaces.setMacs(interfaceId(acceptance.link), [acceptance.mac]);
          return;
        case 'mtu':
          interfaces.setMtu(interfaceId(acceptance.link), acceptance.mtu);
          return;
        case 'address':
          addAddress(acceptance.link, acceptance.address, acceptance.role);
      }
    },
    patched: () => Object.keys(values).length > 0,
    patch: () => deviceFields.partial().parse(values),
  };
}

/** Observations are text; these two fields are numbers. */
function declaredValue(field: string, value: string): string | number {
  return field === 'cpuCores' || field === 'memoryBytes' ? Number(value) : value.slice(0, 500);
}
