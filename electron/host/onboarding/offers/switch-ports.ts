import { kindOf } from '../../../../shared/model/kinds/index.ts';
import type { DraftMachine } from '../../../../shared/onboarding/draft.ts';
import type { SummedLink } from '../../../../shared/onboarding/facts-summary.ts';
import type { PlacementOffer } from '../../../../shared/onboarding/offers.ts';
import { type Database, parseMac } from '../../db/index.ts';

/** A port carries at most all VLANs that there are; nobody gives a node more than this. */
const mostVlans = 64;

type OfferedPort = PlacementOffer['ports'][number];

/** Ports that the machine is plugged into, as LLDP tells of those that stand in the inventory. */
export function offerPorts(db: Database, { facts, deviceId }: DraftMachine): OfferedPort[] {
  return (facts?.links ?? []).flatMap((link) => portOf(db, link, deviceId) ?? []).slice(0, 32);
}

function portOf(db: Database, link: SummedLink, deviceId: string): OfferedPort | undefined {
  const { cableLinks, cableGraph } = db.tables;
  const { device, port } = link.neighbour ?? {};
  if (!device || !port) return undefined;
  const [only, ...others] = neighbours(db, device);
  if (only === undefined || others.length > 0) return undefined;
  const byMac = macSockets(db, port).find((one) => one.deviceId === only.id)?.id;
  const socketId = byMac ?? cableLinks.socketOn(only.id, port);
  const socket = socketId === undefined ? undefined : cableGraph.named(socketId);
  if (socket === undefined) return undefined;
  return {
    cable: { interface: link.name, socketId: socket.id },
    deviceName: socket.deviceName,
    portName: socket.name,
    why: `LLDP at ${link.name} tells of ${socket.deviceName} ${socket.name}.`,
    taken: takenBy(db, socket.id, deviceId),
  };
}

function neighbours(db: Database, told: string): { readonly id: string }[] {
  const byMac = macSockets(db, told);
  const [first] = byMac;
  if (first !== undefined) {
    return byMac.every(({ deviceId }) => deviceId === first.deviceId)
      ? [{ id: first.deviceId }]
      : [];
  }
  return db.tables.cableLinks.devicesNamed(told);
}

function macSockets(db: Database, text: string) {
  const mac = parseMac(text);
  return mac === undefined ? [] : db.tables.cableLinks.socketsByMac(mac);
}

/** The cable that is plugged in there, unless it leads to this very device; null: none. */
export function takenBy(db: Database, socketId: string, deviceId: string): string | null {
  const { cableGraph, cables } = db.tables;
  for (const { cableId } of cableGraph.endsAt(socketId)) {
    const far = cableGraph
      .endsOf(cableId)
      .flatMap((end) => (end.socketId === null ? [] : (cableGraph.named(end.socketId) ?? [])))
      .filter(({ id }) => id !== socketId);
    if (far.some((socket) => socket.deviceId === deviceId)) continue;
    const label = cables.get(cableId)?.label ?? 'a cable';
    const [to] = far;
    return to === undefined ? label : `${label}, which leads to ${to.deviceName} ${to.name}`;
  }
  return null;
}

/** VLANs that the port at the other end carries. */
export function offerVlans(db: Database, ports: readonly OfferedPort[]): PlacementOffer['vlans'] {
  const kind = kindOf('vlan-membership');
  return ports
    .flatMap(({ cable, deviceName, portName }) =>
      db.tables.records
        .list(kind, {
          words: [],
          where: [{ field: 'interface', value: cable.socketId }],
          sort: { field: null, descending: false },
          offset: 0,
          limit: mostVlans,
        })
        .rows.map(({ values, names }) => ({
          interface: cable.interface,
          vlanId: String(values.vlan),
          tagged: values.tagged === true,
          name: names.vlan ?? '',
          why: `${deviceName} ${portName} carries it ${values.tagged === true ? 'tagged' : 'untagged'}.`,
        })),
    )
    .slice(0, mostVlans);
}
