import type Sqlite from 'better-sqlite3';
import type { ServiceRow } from '../../../../shared/model/inventory.ts';
import type { ServicePort } from '../../../../shared/model/proposals.ts';
import { newId } from '../ids.ts';

export interface NewService {
  readonly name: string;
  readonly kind: string;
  readonly url: string | null;
  readonly comment: string | null;
}

export interface ServiceRepository {
  list(): ServiceRow[];
  ofDevice(deviceId: string): ServiceRow[];
  idByName(name: string): string | undefined;
  insert(fields: NewService): string;
  /** The id of the relation, which may have been there already. */
  addRunsOn(serviceId: string, deviceId: string): string;
  /** Where it answers on that device. */
  addPort(runsOnId: string, port: ServicePort): void;
  addDependsOn(serviceId: string, neededId: string): void;
}

type StoredService = Omit<ServiceRow, 'runsOn' | 'dependsOn'> & {
  readonly runsOn: string;
  readonly dependsOn: string;
};

const selection = `SELECT s.id, s.name, s.kind, s.url, s.comment,
  (SELECT json_group_array(json_object('deviceId', d.id, 'deviceName', d.name, 'ports',
     json((SELECT json_group_array(json_object('protocol', o.protocol, 'port', o.port)
        ORDER BY o.port, o.protocol) FROM service_port o WHERE o.runs_on_id = r.id))) ORDER BY d.name)
   FROM service_runs_on r JOIN device d ON d.id = r.device_id WHERE r.service_id = s.id) AS runsOn,
  (SELECT json_group_array(json_object('serviceId', n.id, 'serviceName', n.name) ORDER BY n.name)
   FROM service_depends_on o JOIN service n ON n.id = o.needed_id
   WHERE o.service_id = s.id) AS dependsOn
  FROM service s`;

export function createServiceRepository(sqlite: Sqlite.Database): ServiceRepository {
  const list = sqlite.prepare<[], StoredService>(`${selection} ORDER BY s.name`);
  const ofDevice = sqlite.prepare<[string], StoredService>(
    `${selection} WHERE s.id IN (SELECT service_id FROM service_runs_on WHERE device_id = ?)
     ORDER BY s.name`,
  );
  const byName = sqlite.prepare<[string], string>('SELECT id FROM service WHERE name = ?').pluck();
  const insert = sqlite.prepare<[NewService & { readonly id: string }]>(
    `INSERT INTO service (id, name, kind, url, comment)
     VALUES (@id, @name, @kind, @url, @comment)`,
  );
  const runsOn = sqlite.prepare<[string, string, string]>(
    'INSERT INTO service_runs_on (id, service_id, device_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const runsOnId = sqlite
    .prepare<[string, string], string>(
      'SELECT id FROM service_runs_on WHERE service_id = ? AND device_id = ?',
    )
    .pluck();
  const addPort = sqlite.prepare<[string, string, string, number]>(
    `INSERT INTO service_port (id, runs_on_id, protocol, port) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const dependsOn = sqlite.prepare<[string, string, string]>(
    `INSERT INTO service_depends_on (id, service_id, needed_id) VALUES (?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  return {
    list: () => list.all().map(readService),
    ofDevice: (deviceId) => ofDevice.all(deviceId).map(readService),
    idByName: (name) => byName.get(name),
    insert(fields) {
      const id = newId();
      insert.run({ ...fields, id });
      return id;
    },
    addRunsOn(serviceId, deviceId) {
      const id = newId();
      return runsOn.run(id, serviceId, deviceId).changes === 1
        ? id
        : (runsOnId.get(serviceId, deviceId) ?? id);
    },
    addPort: (id, { protocol, port }) => void addPort.run(newId(), id, protocol, port),
    addDependsOn: (serviceId, neededId) => void dependsOn.run(newId(), serviceId, neededId),
  };
}

function readService(row: StoredService): ServiceRow {
  // Both arrays were built by the query in just these shapes.
  return {
    ...row,
    runsOn: JSON.parse(row.runsOn) as ServiceRow['runsOn'],
    dependsOn: JSON.parse(row.dependsOn) as ServiceRow['dependsOn'],
  };
}
