import type { DeviceRow } from '../../../shared/model/inventory.ts';
import { type Database, parseAddress, parsePrefix } from '../db/index.ts';
import { isLoopback } from './seen-services.ts';
import {
  type PrefixThing,
  readThing,
  type ServiceThing,
  type Thing,
  type VlanThing,
} from './thing.ts';

/** Every device counts here, not only those that a list shows. */
const allDevices = 1_000_000;

export interface Acceptable {
  readonly key: string;
  readonly name: string;
}

/**
 * Inside a change set: declares what these proposals say, VLANs first, so that prefixes find theirs.
 * What the person declared already stays as it is.
 */
export function declareAll(db: Database, proposals: readonly Acceptable[]): void {
  const writer = createWriter(db);
  const read = proposals.map(({ key, name }) => ({
    name,
    seen: db.tables.proposals
      .seenBy(key, allDevices)
      .map(({ deviceId, body }) => ({ deviceId, thing: readThing(body) })),
  }));
  for (const kind of ['vlan', 'prefix', 'service'] as const) {
    for (const { name, seen } of read) {
      if (seen[0]?.thing.kind === kind) writer[kind](name, seen as never); // all of a key are of one kind
    }
  }
}

interface SeenOn<T extends Thing> {
  readonly deviceId: string;
  readonly thing: T;
}

function createWriter(db: Database) {
  const { devices, interfaces, vlans, services } = db.tables;

  /** Interfaces that are declared; what is only observed joins when it is accepted itself. */
  const declaredLinks = (deviceId: string) =>
    new Map(interfaces.ofDevice(deviceId).map((link) => [link.name, link]));

  const joinByAddress = (deviceId: string, { addresses }: PrefixThing, vlanId: string) => {
    const links = declaredLinks(deviceId);
    for (const { interface: name } of addresses) {
      const link = links.get(name);
      // An access port is in one VLAN, and the person may have said which.
      if (link?.vlans.some(({ tagged }) => !tagged) === false) {
        interfaces.joinVlan(link.id, vlanId, false);
      }
    }
  };

  return {
    vlan(name: string, seen: readonly SeenOn<VlanThing>[]) {
      const number = seen[0]?.thing.number;
      if (number === undefined) return;
      const isFree = (text: string) => vlans.idByName(text) === undefined;
      const id =
        vlans.idByNumber(number) ??
        vlans.insert({ number, name: firstFree(name, `VLAN ${number}`, isFree), purpose: null });
      for (const { deviceId, thing } of seen) {
        const links = declaredLinks(deviceId);
        for (const { interface: link, parent } of thing.links) {
          const own = links.get(link);
          const below = links.get(parent ?? '');
          if (own !== undefined) interfaces.joinVlan(own.id, id, false);
          if (below !== undefined) interfaces.joinVlan(below.id, id, true);
        }
      }
    },

    prefix(text: string, seen: readonly SeenOn<PrefixThing>[]) {
      const prefix = parsePrefix(text);
      if (prefix === undefined || vlans.hasPrefix(prefix)) return;
      const number = agreedVlan(seen.map(({ thing }) => thing.vlan));
      const vlanId = number === null ? undefined : vlans.idByNumber(number);
      vlans.insertPrefix(vlanId ?? null, prefix);
      if (vlanId === undefined) return;
      for (const { deviceId, thing } of seen) joinByAddress(deviceId, thing, vlanId);
    },

    service(name: string, seen: readonly SeenOn<ServiceThing>[]) {
      const [first] = seen;
      if (first === undefined) return;
      const { everywhere, serviceKind: kind } = first.thing;
      const known = services.idByName(name);
      const device = devices.get(first.deviceId);
      const id =
        known !== undefined && everywhere
          ? known
          : services.insert({
              name: firstFree(name, name, (text) => services.idByName(text) === undefined),
              kind,
              url: device === undefined ? null : urlOf(first.thing, device),
              comment: null,
            });
      for (const { deviceId, thing } of seen) {
        const runsOn = services.addRunsOn(id, deviceId);
        for (const { protocol, port } of thing.ports) services.addPort(runsOn, { protocol, port });
      }
    },
  };
}

/** The name itself, or the other one, or that one with a number behind it. */
function firstFree(name: string, other: string, isFree: (text: string) => boolean): string {
  if (isFree(name)) return name;
  if (isFree(other)) return other;
  let number = 2;
  while (!isFree(`${other} (${number})`)) number += 1;
  return `${other} (${number})`;
}

/** Undecided where machines tell different ones: then the person has to say. */
export function agreedVlan(told: readonly (number | null)[]): number | null {
  const numbers = new Set(told.filter((number) => number !== null));
  const [only] = numbers;
  return numbers.size === 1 && only !== undefined ? only : null;
}

/** Where a browser would open it: at the address that it listens on, or at the device's own. */
export function urlOf(
  { web, everywhere, ports }: ServiceThing,
  { primaryAddress }: Pick<DeviceRow, 'primaryAddress'>,
): string | null {
  const first = ports.find(({ protocol }) => protocol === 'tcp');
  if (!web || everywhere || first === undefined) return null;
  const own = first.addresses.find((address) => address !== '*' && !isLoopback(address));
  const host = own ?? (first.addresses.includes('*') ? primaryAddress : null);
  const address = host === null ? undefined : parseAddress(host)?.address;
  if (address === undefined) return null;
  const secure = [443, 8443, 8006].includes(first.port);
  const [scheme, usual] = secure ? ['https', 443] : ['http', 80];
  const bracketed = address.includes(':') ? `[${address}]` : address;
  return `${scheme}://${bracketed}${first.port === usual ? '' : `:${first.port}`}`;
}
