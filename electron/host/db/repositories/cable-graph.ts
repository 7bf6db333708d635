import type Sqlite from 'better-sqlite3';
import type { CableEnd, CableGraph, Socket } from '../../../../shared/topology/cable-graph.ts';

/** What a socket is called and where it is. */
export interface NamedSocket {
  readonly id: string;
  readonly kind: 'interface' | 'port';
  readonly role: Socket['role'];
  readonly name: string;
  readonly deviceId: string;
  readonly deviceName: string;
  /** Of an interface: what the bond or LAG above it is called. */
  readonly lag: string | null;
}

export interface CableGraphRepository extends CableGraph {
  named(id: string): NamedSocket | undefined;
}

type Row = Omit<Socket, 'rear'> & {
  readonly rearId: string | null;
  readonly rearPosition: number | null;
};

const interfaceColumns = `i.id, 'interface' AS role, i.lag_id AS lagId, i.parent_id AS parentId,
  NULL AS rearId, NULL AS rearPosition`;
const portColumns = `p.id, p.role, NULL AS lagId, NULL AS parentId, p.rear_id AS rearId,
  p.rear_position AS rearPosition`;

/**
 * A cable that was taken out of use is in nobody's way: neither does a trace follow it, nor does it
 * take a port.
 */
export const inUse = `c.status <> 'decommissioned'`;

const socketOf = ({ rearId, rearPosition, ...row }: Row): Socket => ({
  ...row,
  rear: rearId === null ? null : { id: rearId, position: rearPosition },
});

/** Cables as a trace asks for them: each answer is a look-up by index. */
export function createCableGraph(sqlite: Sqlite.Database): CableGraphRepository {
  const link = sqlite.prepare<[string], Row>(
    `SELECT ${interfaceColumns} FROM interface i WHERE i.id = ?`,
  );
  const port = sqlite.prepare<[string], Row>(`SELECT ${portColumns} FROM port p WHERE p.id = ?`);
  const endColumns = `e.id, e.cable_id AS cableId, e.side, e.lane,
    coalesce(e.interface_id, e.port_id) AS socketId`;
  const endsAt = (column: string) =>
    sqlite.prepare<[string], CableEnd>(
      `SELECT ${endColumns} FROM cable_end e JOIN cable c ON c.id = e.cable_id
       WHERE e.${column} = ? AND ${inUse} ORDER BY e.id`,
    );
  const endsAtInterface = endsAt('interface_id');
  const endsAtPort = endsAt('port_id');
  const endsOf = sqlite.prepare<[string], CableEnd>(
    `SELECT ${endColumns} FROM cable_end e WHERE e.cable_id = ? ORDER BY e.side, e.lane`,
  );
  const frontsOf = sqlite.prepare<[string], Row>(
    `SELECT ${portColumns} FROM port p WHERE p.rear_id = ? ORDER BY p.rear_position, p.ordinal, p.id`,
  );
  const membersOf = sqlite.prepare<[string], Row>(
    `SELECT ${interfaceColumns} FROM interface i WHERE i.lag_id = ? ORDER BY i.ordinal, i.id`,
  );
  const namedLink = sqlite.prepare<[string], NamedSocket>(
    `SELECT i.id, 'interface' AS kind, 'interface' AS role, i.name, d.id AS deviceId,
       d.name AS deviceName, l.name AS lag
     FROM interface i JOIN device d ON d.id = i.device_id LEFT JOIN interface l ON l.id = i.lag_id
     WHERE i.id = ?`,
  );
  const namedPort = sqlite.prepare<[string], NamedSocket>(
    `SELECT p.id, 'port' AS kind, p.role, p.name, d.id AS deviceId, d.name AS deviceName, NULL AS lag
     FROM port p JOIN device d ON d.id = p.device_id WHERE p.id = ?`,
  );
  return {
    socket(id) {
      const row = link.get(id) ?? port.get(id);
      return row && socketOf(row);
    },
    // Ids are unique over all tables, so only one of the two finds anything.
    endsAt(id) {
      const ends = endsAtInterface.all(id);
      return ends.length > 0 ? ends : endsAtPort.all(id);
    },
    endsOf: (cableId) => endsOf.all(cableId),
    frontsOf: (rearId) => frontsOf.all(rearId).map(socketOf),
    membersOf: (lagId) => membersOf.all(lagId).map(socketOf),
    named: (id) => namedLink.get(id) ?? namedPort.get(id),
  };
}
