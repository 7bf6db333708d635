import { RackhelmError } from '../../../shared/model/errors.ts';
import {
  type PlannedVlan,
  type PortsOn,
  type VlanDetails,
  type VlanExposure,
  type VlanPrefix,
  vlanExposure,
  vlanName,
} from '../../../shared/model/networks.ts';
import { parseAddress } from '../../../shared/network/address.ts';
import { parsePrefix } from '../../../shared/network/prefix.ts';
import { nestPrefixes, prefixesAround } from '../../../shared/network/prefix-tree.ts';
import type { Database } from '../db/index.ts';
import { type RangesNow, rangesIn, rangesNow, usageOf } from './usage.ts';

type Plan = Database['tables']['vlanPlan'];
type StoredVlan = ReturnType<Plan['page']>['rows'][number];
type StoredPrefix = ReturnType<Plan['prefixesOf']>[number];
type StoredExposure = ReturnType<Plan['exposures']>[number];

/** What one line of the plan shows of what there may be many of. */
const inPlan = { prefixes: 4, ranges: 4, gear: 4 };
/** And what the page of one VLAN does. */
const onPage = { prefixes: 200, ranges: 50, gear: 200, exposures: 200, across: 50 };
/** A rack that one looks after by hand does not expose more. */
const mostExposures = 2_000;
/** So many addresses of machines are looked through for other VLANs, and so many of these named. */
const mostLegs = 10_000;
const namedVlans = 20;

/** The VLANs with what is in each of them, a page by number. */
export function readVlanPlan(
  db: Database,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { rows: PlannedVlan[]; total: number } {
  const { rows, total } = db.tables.vlanPlan.page(offset, limit);
  const prefixes = Map.groupBy(
    db.tables.vlanPlan.prefixesOf(rows.map(({ id }) => id)),
    ({ vlanId }) => vlanId,
  );
  const gear = Map.groupBy(db.tables.vlanPlan.networkGear(), ({ vlanId }) => vlanId);
  const exposures = placedExposures(db);
  const ranges = rangesNow(db);
  return {
    total,
    rows: rows.map((vlan) => ({
      ...drawn(db, vlan, { prefixes: prefixes.get(vlan.id) ?? [], ranges, most: inPlan }),
      gear: mostPortsFirst(gear.get(vlan.id) ?? []).slice(0, inPlan.gear),
      exposed: servicesIn(exposures, vlan.id),
    })),
  };
}

/** One VLAN with all that the plan knows of it. Throws NOT_FOUND. */
export function readVlan(db: Database, id: string): VlanDetails {
  const { vlanPlan } = db.tables;
  const vlan = vlanPlan.byId(id);
  if (vlan === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This VLAN does not exist.', { data: { id } });
  }
  const devices = vlanPlan.devicesIn(id, onPage.gear);
  const exposures = placedExposures(db).filter(({ places }) => places.has(id));
  const prefixes = vlanPlan.prefixesOf([id]);
  return {
    ...drawn(db, vlan, { prefixes, ranges: rangesNow(db), most: onPage }),
    gear: [],
    exposed: servicesIn(exposures, id),
    devices: devices.rows.map(portsOn),
    deviceCount: devices.total,
    exposures: exposures.slice(0, onPage.exposures).map((one) => exposureOf(db, one, id)),
    across: acrossVlans(db, id),
  };
}

interface Drawing {
  readonly prefixes: readonly StoredPrefix[];
  readonly ranges: RangesNow;
  readonly most: { readonly prefixes: number; readonly ranges: number };
}

function drawn(db: Database, vlan: StoredVlan, { prefixes, ranges, most }: Drawing) {
  return {
    ...vlanName.parse(vlan),
    mtu: vlan.mtu,
    purpose: vlan.purpose,
    untagged: vlan.untagged,
    tagged: vlan.tagged,
    prefixCount: prefixes.length,
    prefixes: prefixes.slice(0, most.prefixes).flatMap(({ id, prefix, gateway }): VlanPrefix[] => {
      const range = parsePrefix(prefix);
      if (range === undefined) return [];
      const use = usageOf(db, range, ranges);
      return [{ id, prefix, gateway, use, ranges: rangesIn(range, ranges, most.ranges) }];
    }),
  };
}

const portsOn = ({ vlanId: _, ...ports }: PortsOn & { readonly vlanId: string }): PortsOn => ports;

function mostPortsFirst(gear: ReturnType<Plan['networkGear']>): PortsOn[] {
  return gear.toSorted((a, b) => b.untagged + b.tagged - a.untagged - a.tagged).map(portsOn);
}

interface PlacedExposure {
  readonly exposure: StoredExposure;
  /** The VLAN that its address lies in. */
  readonly at: string | undefined;
  /** That one, and the one that it is reached from. */
  readonly places: ReadonlySet<string>;
}

const servicesIn = (exposures: readonly PlacedExposure[], vlanId: string) =>
  new Set(exposures.flatMap(({ exposure, at }) => (at === vlanId ? [exposure.serviceId] : [])))
    .size;

function placedExposures(db: Database): PlacedExposure[] {
  const exposures = db.tables.vlanPlan.exposures(mostExposures);
  const vlanOf = vlanFinder(db);
  return exposures.map((exposure) => {
    const at = exposure.address === null ? undefined : vlanOf(exposure.address);
    const places = [at, exposure.vlanId].filter((id) => id !== undefined && id !== null);
    return { exposure, at, places: new Set(places) };
  });
}

type PlacedVlan = ReturnType<Database['tables']['prefixSpace']['prefixes']>[number];

/** Tells the VLAN that an address lies in: that of the narrowest prefix around it that has one. */
function vlanFinder(db: Database): (address: string) => string | undefined {
  let roots: ReturnType<typeof nestPrefixes<PlacedVlan>> | undefined;
  return (text) => {
    // Only where there is something to look for.
    roots ??= nestPrefixes(db.tables.prefixSpace.prefixes());
    const address = parseAddress(text);
    const around = address === undefined ? [] : prefixesAround(roots, address);
    return around.findLast(({ vlanId }) => vlanId !== null)?.vlanId ?? undefined;
  };
}

/** Devices with addresses in this VLAN and in others: gateways first, then by name. */
function acrossVlans(db: Database, vlanId: string): VlanDetails['across'] {
  const { vlanPlan } = db.tables;
  const vlanOf = vlanFinder(db);
  const gateways = new Set(vlanPlan.gatewayHolders(vlanId));
  const names = new Map<string, { name: string; vlans: Set<string> }>();
  for (const { deviceId, name, address } of vlanPlan.legs(vlanId, mostLegs)) {
    const known = names.get(deviceId) ?? { name, vlans: new Set() };
    names.set(deviceId, known);
    const vlan = vlanOf(address);
    if (vlan !== undefined && vlan !== vlanId) known.vlans.add(vlan);
  }
  const inTurn = new Intl.Collator('en', { numeric: true });
  const nameOf = namesOfVlans(db);
  return [...names]
    .filter(([, { vlans }]) => vlans.size > 0)
    .map(([deviceId, { name, vlans }]) => ({
      ...{ deviceId, name, vlans: [...vlans] },
      gateway: gateways.has(deviceId),
    }))
    .toSorted((a, b) => Number(b.gateway) - Number(a.gateway) || inTurn.compare(a.name, b.name))
    .slice(0, onPage.across)
    .map((device) => ({ ...device, vlans: nameOf(device.vlans) }));
}

/** By number, the first of them; each is looked up once. */
function namesOfVlans(db: Database): (ids: readonly string[]) => string[] {
  const known = new Map<string, StoredVlan | undefined>();
  const find = (id: string) => {
    if (!known.has(id)) known.set(id, db.tables.vlanPlan.byId(id));
    return known.get(id);
  };
  return (ids) =>
    ids
      .flatMap((id) => find(id) ?? [])
      .toSorted((a, b) => a.number - b.number)
      .slice(0, namedVlans)
      .map(({ name }) => name);
}

function exposureOf(db: Database, { exposure, at }: PlacedExposure, vlanId: string): VlanExposure {
  const { id, serviceId, serviceName, protocol, port, hostname, address } = exposure;
  const fromVlan =
    exposure.vlanId === null ? undefined : db.tables.vlanPlan.byId(exposure.vlanId)?.name;
  return {
    ...{ id, serviceId, serviceName, protocol, port, hostname, address },
    from: vlanExposure.shape.from.parse(exposure.reachableFrom),
    fromVlan: fromVlan ?? null,
    here: at === vlanId,
  };
}
