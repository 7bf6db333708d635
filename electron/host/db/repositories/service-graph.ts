import type Sqlite from 'better-sqlite3';
import type { ServiceNode } from '../../../../shared/contract/services.ts';

export interface ServiceGraphRepository {
  count(): number;
  /** The first so many, by name. */
  ids(limit: number): string[];
  /** What a service needs and what needs it. */
  neighbours(id: string): string[];
  nodes(ids: readonly string[]): ServiceNode[];
  /** Of those needs, the ones between two of these. */
  edges(ids: readonly string[]): { from: string; to: string }[];
}

type StoredNode = Omit<ServiceNode, 'devices'> & { readonly devices: string };

export function createServiceGraphRepository(sqlite: Sqlite.Database): ServiceGraphRepository {
  const count = sqlite.prepare<[], number>('SELECT count(*) FROM service').pluck();
  const ids = sqlite
    .prepare<[number], string>('SELECT id FROM service ORDER BY natural_key(name) LIMIT ? + 0')
    .pluck();
  const neighbours = sqlite
    .prepare<[string, string], string>(
      `SELECT needed_id FROM service_depends_on WHERE service_id = ?
       UNION SELECT service_id FROM service_depends_on WHERE needed_id = ?`,
    )
    .pluck();
  const nodes = sqlite.prepare<[string], StoredNode>(
    `SELECT s.id, s.name, s.kind, c.name AS cluster, s.replicas,
       (SELECT json_group_array(json_object('id', d.id, 'name', d.name, 'status', d.status) ORDER BY d.name)
        FROM service_runs_on r JOIN device d ON d.id = r.device_id WHERE r.service_id = s.id) AS devices
     FROM json_each(?) chosen JOIN service s ON s.id = chosen.value
     LEFT JOIN cluster c ON c.id = s.cluster_id ORDER BY natural_key(s.name)`,
  );
  const edges = sqlite.prepare<[string, string], { from: string; to: string }>(
    `SELECT o.service_id AS "from", o.needed_id AS "to" FROM json_each(?) chosen
     JOIN service_depends_on o ON o.service_id = chosen.value
     WHERE o.needed_id IN (SELECT value FROM json_each(?))`,
  );
  return {
    count: () => count.get() ?? 0,
    ids: (limit) => ids.all(limit),
    neighbours: (id) => neighbours.all(id, id),
    nodes: (some) =>
      nodes.all(JSON.stringify(some)).map((row) => ({
        ...row,
        devices: JSON.parse(row.devices) as ServiceNode['devices'], // the query built it so
      })),
    edges: (some) => edges.all(JSON.stringify(some), JSON.stringify(some)),
  };
}
