import type {
  CableQuery,
  CableRow,
  CableSocket,
  CableTrace,
  DeviceSockets,
  SocketRow,
} from '../../../shared/contract/cabling.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { trace } from '../../../shared/topology/trace.ts';
import type { Database } from '../db/index.ts';
import { type Connecting, createConnecting } from './connect.ts';
import { leadsTo } from './leads-to.ts';
import { createLinks, type Links } from './links.ts';

interface SocketQuery {
  readonly search: string;
  readonly free: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** Inputs and outputs as shared/contract/cabling.ts has them; failures are RackhelmErrors. */
export interface Cabling extends Connecting, Links {
  list(query: CableQuery): { rows: CableRow[]; total: number };
  trace(socketId: string): CableTrace;
  sockets(query: SocketQuery & { readonly deviceId: string }): {
    rows: SocketRow[];
    total: number;
  };
  devices(query: SocketQuery): { rows: DeviceSockets[]; total: number };
  /** `switch-1 port 5`, `switch-1 5`, in any case. Throws NOT_FOUND, or INVALID_INPUT where several fit. */
  socketNamed(name: string): CableSocket;
}

const wordsOf = (search: string) =>
  [...new Set(search.split(/\s+/).filter((word) => word !== ''))].slice(0, 8);

export function createCabling(db: Database): Cabling {
  const { cables, cableGraph } = db.tables;
  return {
    ...createConnecting(db),
    ...createLinks(db),
    list({ search, ...query }) {
      const { rows, total } = cables.list({ ...query, words: wordsOf(search) });
      const ends = Map.groupBy(cables.endsOf(rows.map(({ id }) => id)), ({ cableId }) => cableId);
      return {
        total,
        rows: rows.map((cable) => ({
          ...cable,
          ends: (ends.get(cable.id) ?? []).map(({ id, side, lane, socketId }) => ({
            id,
            side,
            lane,
            socket: socketId === null ? null : (cableGraph.named(socketId) ?? null),
          })),
        })),
      };
    },
    trace: (socketId) => traced(db, socketId),
    sockets({ deviceId, search, ...query }) {
      const { rows, total } = cables.sockets(deviceId, { ...query, words: wordsOf(search) });
      return { total, rows: rows.flatMap((row) => socketRow(db, row)) };
    },
    devices({ search, ...query }) {
      const { rows, total } = cables.devices({ ...query, words: wordsOf(search) });
      return { rows, total };
    },
    socketNamed(name) {
      const ids = cables.socketIdsByName(name.trim(), 3);
      const [first, second] = ids.flatMap((id) => cableGraph.named(id) ?? []);
      if (first === undefined) throw noSuchSocket(name);
      if (second === undefined) return first;
      throw new RackhelmError('INVALID_INPUT', `Several ports are called ${name}.`, {
        hint: `Name it with its role: ${first.deviceName} ${first.role} ${first.name}.`,
      });
    },
  };
}

function noSuchSocket(name: string): RackhelmError {
  return new RackhelmError('NOT_FOUND', `No device has a port called ${name}.`, {
    hint: 'Write the device, then its port or interface: "switch-1 port 5".',
    data: { name },
  });
}

function traced(db: Database, socketId: string): CableTrace {
  const { cables, cableGraph } = db.tables;
  const found = trace(cableGraph, socketId);
  if (found === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This port does not exist.', { data: { socketId } });
  }
  return {
    cut: found.cut,
    branches: found.branches.map((path) => [...path]),
    steps: found.steps.map(({ from, way, socketId: at, cable, ending }) => ({
      from,
      way,
      socket: at === null ? null : (cableGraph.named(at) ?? null),
      cable: cable === null ? null : (cables.get(cable.id) ?? null),
      ending,
    })),
  };
}

function socketRow(
  db: Database,
  { id, speedMbps }: { readonly id: string; readonly speedMbps: number | null },
): SocketRow[] {
  const { cables, cableGraph } = db.tables;
  const named = cableGraph.named(id);
  if (named === undefined) return [];
  const [end] = cableGraph.endsAt(id);
  const cable = end === undefined ? null : (cables.get(end.cableId) ?? null);
  return [{ ...named, speedMbps, cable, leadsTo: cable === null ? [] : leadsTo(db, id) }];
}
