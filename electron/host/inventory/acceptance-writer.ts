import { deviceFields } from '../../../shared/model/inventory.ts';
import { type Database, parseAddress } from '../db/index.ts';
import type { Acceptance } from './compare.ts';
import { parseInput } from './input.ts';
import type { ObservedLink } from './observed.ts';

/** Writes accepted observations into what is declared of a device; works inside a change set. */
export interface AcceptanceWriter {
  write(acceptance: Acceptance): void;
  /** Writes what needs all of it to be there; `links` are all that were observed. */
  finish(links: readonly ObservedLink[]): void;
}

export function createAcceptanceWriter(db: Database, deviceId: string): AcceptanceWriter {
  const { devices, interfaces, vlans } = db.tables;
  const ids = new Map(interfaces.ofDevice(deviceId).map(({ name, id }) => [name, id]));
  const created = new Set<string | null>();
  const values: Record<string, unknown> = {};

  const knownVlan = (link: ObservedLink) =>
    link.vlanId === null ? undefined : vlans.idByNumber(link.vlanId);
  const interfaceId = (link: ObservedLink): string => {
    const known = ids.get(link.name);
    if (known !== undefined) return known;
    const { name, kind } = link;
    const id = interfaces.insert({ deviceId, name, kind, mtu: null, speedMbps: null });
    ids.set(name, id);
    created.add(name);
    const vlanId = knownVlan(link);
    if (vlanId !== undefined) interfaces.joinVlan(id, vlanId, false);
    return id;
  };
  /** A VLAN interface carries its VLAN untagged; the interface below carries it tagged. */
  const joinBelow = (link: ObservedLink) => {
    const isNew = created.has(link.name) || created.has(link.parent);
    const below = ids.get(link.parent ?? '');
    const vlanId = isNew && ids.has(link.name) ? knownVlan(link) : undefined;
    if (below !== undefined && vlanId !== undefined) interfaces.joinVlan(below, vlanId, true);
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
    write(acceptance) {
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
    finish(links) {
      // Only now both are there, whichever of the two came first.
      for (const link of links) joinBelow(link);
      if (Object.keys(values).length === 0) return;
      devices.update(deviceId, parseInput(deviceFields.partial(), values));
    },
  };
}

/** Observations are text; these two fields are numbers. */
function declaredValue(field: string, value: string): string | number {
  return field === 'cpuCores' || field === 'memoryBytes' ? Number(value) : value.slice(0, 500);
}
