import type { Database, ToldLink } from '../db/index.ts';
import { parseMac } from '../db/index.ts';

/** One side of a connection that LLDP tells of. */
export interface LinkEnd {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly name: string;
  /** Null: this interface is not declared. */
  readonly socketId: string | null;
}

/** Two interfaces that are connected, by what one of them or both have said. */
export interface SeenLink {
  readonly key: string;
  readonly a: LinkEnd;
  readonly b: LinkEnd;
  readonly evidence: readonly string[];
  readonly at: number;
}

/** More than any rack tells; what comes after is not looked at. */
const mostTold = 20_000;

interface Claim {
  readonly near: LinkEnd;
  readonly far: LinkEnd;
  /** The other port is not called anything that could be found. */
  readonly vague: boolean;
  readonly words: string;
  readonly at: number;
}

/** Every connection between two devices of the inventory that LLDP tells of, each once. */
export function seenLinks(db: Database): SeenLink[] {
  const claims = db.tables.cableLinks.told(mostTold).flatMap((told) => claimOf(db, told) ?? []);
  /** By who says what of which port: what one device cannot tell of the other, that one may. */
  const exact = claims.filter(({ vague }) => !vague);
  const back = new Map(exact.map(({ near, far }) => [`${near.deviceId} ${sideOf(far)}`, near]));
  const links = new Map<string, SeenLink>();
  for (const claim of claims) {
    const { near, at, words } = claim;
    const far = claim.vague
      ? (back.get(`${claim.far.deviceId} ${sideOf(near)}`) ?? claim.far)
      : claim.far;
    const [a, b] = sideOf(near) < sideOf(far) ? [near, far] : [far, near];
    const key = `cable/${sideOf(a)}/${sideOf(b)}`;
    const known = links.get(key);
    links.set(key, {
      key,
      a,
      b,
      evidence: [...(known?.evidence ?? []), words],
      at: Math.max(at, known?.at ?? 0),
    });
  }
  return [...links.values()];
}

/** Stays the same whether the interface is declared or not. */
const sideOf = ({ deviceId, name }: LinkEnd) => `${deviceId}:${name.slice(0, 80)}`;

function claimOf(db: Database, told: ToldLink): Claim | undefined {
  const { cableLinks, cableGraph } = db.tables;
  const far = farDevice(db, told);
  if (far === undefined || far.id === told.deviceId) return undefined;
  const calls = [told.portId, told.portDescription].filter((name) => name !== null);
  const byMac = calls
    .flatMap((name) => macSockets(db, name))
    .find((one) => one.deviceId === far.id);
  const socketId =
    byMac?.id ??
    calls.map((name) => cableLinks.socketOn(far.id, name)).find((id) => id !== undefined);
  const socket = socketId === undefined ? undefined : cableGraph.named(socketId);
  const said = calls.find((name) => parseMac(name) === undefined);
  const name = socket?.name ?? said;
  const nearId = cableLinks.socketOn(told.deviceId, told.interface) ?? null;
  const how = byMac !== undefined || far.byMac ? 'by its MAC address' : 'by its name';
  return {
    near: {
      deviceId: told.deviceId,
      deviceName: told.deviceName,
      name: told.interface,
      socketId: nearId,
    },
    far: {
      deviceId: far.id,
      deviceName: far.name,
      name: name ?? 'unknown port',
      socketId: socket?.id ?? null,
    },
    vague: socket === undefined,
    words: `${told.deviceName} sees ${far.name} ${name ?? 'at a port that it does not name'} at ${told.interface}, told ${how}`,
    at: told.at,
  };
}

function macSockets(db: Database, text: string) {
  const mac = parseMac(text);
  return mac === undefined ? [] : db.tables.cableLinks.socketsByMac(mac);
}

/** A MAC says more than a name, where only one device has it. */
function farDevice(db: Database, { chassisId, chassisName, portId }: ToldLink) {
  for (const text of [portId, chassisId]) {
    const carriers = text === null ? [] : macSockets(db, text);
    const [first] = carriers;
    const isOne = carriers.every(({ deviceId }) => deviceId === first?.deviceId);
    if (first !== undefined && isOne)
      return { id: first.deviceId, name: first.deviceName, byMac: true };
  }
  const named = chassisName === null ? [] : db.tables.cableLinks.devicesNamed(chassisName);
  const [only, ...others] = named;
  return only === undefined || others.length > 0 ? undefined : { ...only, byMac: false };
}
