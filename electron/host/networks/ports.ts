import { RackhelmError } from '../../../shared/model/errors.ts';
import type { PortPeer, SwitchPort, SwitchRow } from '../../../shared/model/networks.ts';
import { vlanName } from '../../../shared/model/networks.ts';
import type { Database } from '../db/index.ts';

type Ports = Database['tables']['switchPorts'];
type StoredPort = ReturnType<Ports['ports']>[number];
type FarEnd = ReturnType<Ports['farEnds']>[number];
type Neighbour = ReturnType<Ports['neighbours']>[number];

/** A breakout has four lanes, rarely eight. */
const mostEnds = 8;

/** A page of the ports of a device, in the order that people count them in. Throws NOT_FOUND. */
export function readPorts(
  db: Database,
  {
    deviceId,
    offset,
    limit,
  }: { readonly deviceId: string; readonly offset: number; readonly limit: number },
): { device: SwitchRow; rows: SwitchPort[]; total: number } {
  const { switchPorts } = db.tables;
  const device = switchPorts.byId(deviceId);
  if (device === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This device does not exist.', { data: { deviceId } });
  }
  const ports = switchPorts.ports(deviceId, offset, limit);
  const ids = ports.map(({ id }) => id);
  const ends = Map.groupBy(switchPorts.farEnds(ids), ({ interfaceId }) => interfaceId);
  const told = neighboursByPort(db, deviceId);
  const rows = ports.map((port) => {
    const cable = cableOf(ends.get(port.id) ?? []);
    const neighbour =
      told.byId.get(port.id) ??
      namesOf(port)
        .map((n) => told.byName.get(n))
        .find((n) => n);
    return portOf(port, cable, neighbour);
  });
  return { device, rows, total: device.ports };
}

function portOf(
  port: StoredPort,
  cable: SwitchPort['cable'],
  neighbour: Neighbour | undefined,
): SwitchPort {
  const { vlans, disabled, management, ...rest } = port;
  const lldp = neighbour && {
    deviceId: neighbour.deviceId,
    deviceName: neighbour.deviceName,
    portName: neighbour.interfaceName,
    pvid: neighbour.pvid,
    seenAt: neighbour.seenAt,
  };
  return {
    ...rest,
    disabled: disabled === 1,
    management: management === 1,
    vlans: vlans.map((vlan) => ({ ...vlanName.parse(vlan), tagged: vlan.tagged })),
    cable,
    lldp: lldp ?? null,
    doubtful: lldp !== undefined && cable !== null && contradicts(cable, lldp),
  };
}

function cableOf(ends: readonly FarEnd[]): SwitchPort['cable'] {
  const [first] = ends;
  if (first === undefined) return null;
  const { cableId: id, cableLabel: label, cableStatus: status, colour } = first;
  const own = ends.filter(({ cableId, portName }) => cableId === id && portName !== null);
  return {
    ...{ id, label, status, colour },
    ends: own.slice(0, mostEnds).map(({ deviceId, deviceName, portName, farInterfaceId }) => ({
      ...{ deviceId, deviceName, portName },
      isInterface: farInterfaceId !== null,
    })),
  };
}

/** A cable into a panel leads on to somewhere, which proves nothing against what LLDP saw. */
function contradicts(cable: NonNullable<SwitchPort['cable']>, lldp: PortPeer): boolean {
  if (cable.ends.length === 0 || !cable.ends.every(({ isInterface }) => isInterface)) return false;
  return !cable.ends.some(
    (end) =>
      (lldp.deviceId === null
        ? same(end.deviceName, lldp.deviceName)
        : end.deviceId === lldp.deviceId) &&
      (lldp.portName === null || same(end.portName, lldp.portName)),
  );
}

const same = (a: string | null, b: string | null) => a?.toLowerCase() === b?.toLowerCase();

const namesOf = ({ name, label }: Pick<StoredPort, 'name' | 'label'>) =>
  (label === null ? [name] : [name, label]).map((text) => text.toLowerCase());

/** The newest of each port; LLDP may call one by its name, by what is written on it, or by its MAC. */
function neighboursByPort(db: Database, deviceId: string) {
  const { switchPorts } = db.tables;
  const told = switchPorts.neighbours(deviceId);
  const byName = new Map<string, Neighbour>();
  const byId = new Map<string, Neighbour>();
  if (told.length === 0) return { byName, byId };
  const ports = new Map(
    switchPorts.macs(deviceId).map(({ mac, interfaceId }) => [mac, interfaceId]),
  );
  for (const neighbour of told.toSorted((a, b) => a.seenAt - b.seenAt)) {
    for (const called of [neighbour.portDescription, neighbour.portId]) {
      if (called === null) continue;
      const port = ports.get(called.toLowerCase());
      if (port === undefined) byName.set(called.toLowerCase(), neighbour);
      else byId.set(port, neighbour);
    }
  }
  return { byName, byId };
}

export interface PortVlans {
  readonly interfaceIds: readonly string[];
  /** Null: none; undefined: as it is. */
  readonly untagged?: string | null | undefined;
  readonly tagged?:
    | { readonly set: readonly string[] }
    | { readonly add: readonly string[]; readonly take: readonly string[] }
    | undefined;
}

/** Inside a change set: writes only what is not so already. Throws NOT_FOUND. */
export function writePortVlans(db: Database, { interfaceIds, ...wanted }: PortVlans): void {
  const { switchPorts } = db.tables;
  const now = Map.groupBy(switchPorts.memberships(interfaceIds), ({ interfaceId }) => interfaceId);
  for (const interfaceId of new Set(interfaceIds)) {
    const known = now.get(interfaceId) ?? [];
    const target = wantedOf(known, wanted);
    for (const { id, vlanId, tagged } of known) {
      const want = target.get(vlanId);
      if (want === undefined) switchPorts.leave(id);
      else if (want !== (tagged === 1)) switchPorts.retag(id, want);
      target.delete(vlanId);
    }
    for (const [vlanId, tagged] of target) switchPorts.join(interfaceId, vlanId, tagged);
  }
}

type Membership = ReturnType<Ports['memberships']>[number];

/** VLANs that the port shall be in, and whether tagged. Untagged wins where both are asked for. */
function wantedOf(
  known: readonly Membership[],
  { untagged, tagged }: Omit<PortVlans, 'interfaceIds'>,
): Map<string, boolean> {
  const target = new Map<string, boolean>();
  const before = known.filter((one) => one.tagged === 1).map(({ vlanId }) => vlanId);
  const after =
    tagged === undefined
      ? before
      : 'set' in tagged
        ? tagged.set
        : [...before.filter((id) => !tagged.take.includes(id)), ...tagged.add];
  for (const vlanId of after) target.set(vlanId, true);
  if (untagged === undefined) {
    for (const one of known) if (one.tagged === 0) target.set(one.vlanId, false);
  } else if (untagged !== null) target.set(untagged, false);
  return target;
}
