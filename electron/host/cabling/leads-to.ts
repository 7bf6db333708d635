import { connectedTo, trace } from '../../../shared/topology/trace.ts';
import type { Database } from '../db/index.ts';

/** Nobody reads more names in a cell. */
const mostNamed = 4;

/** What a port is connected to in the end, by name; empty where its cable leads nowhere. */
export function leadsTo(db: Database, socketId: string): string[] {
  const { cableGraph } = db.tables;
  const found = trace(cableGraph, socketId);
  if (found === undefined) return [];
  const ends = connectedTo(found);
  const names = ends.slice(0, mostNamed).flatMap((id) => {
    const socket = cableGraph.named(id);
    return socket === undefined ? [] : [`${socket.deviceName} ${socket.name}`];
  });
  return ends.length > mostNamed ? [...names, `${ends.length - mostNamed} more`] : names;
}
