import type Sqlite from 'better-sqlite3';
import { naturalKey } from './natural-key.ts';
import { addressWord, annotationWords, createDocuments, join } from './search-documents.ts';

/** How many compared fields of a device differ from its newest facts; the inventory knows. */
export type CountDifferences = (deviceId: string) => number;

export interface Derived {
  /**
   * Computes again what the writes since the last time made stale; part of their transaction. The
   * search words of a few devices may wait, since they are most of the work of an edit.
   */
  refresh(): void;
  /** The same without leaving anything for later: before a search, in a transaction of its own. */
  settle(): void;
  /** Whether something waits. */
  isStale(): boolean;
  countWith(count: CountDifferences): void;
}

/** Devices whose words may wait: as many as a search writes without anybody noticing. */
const mostWaiting = 50;

/** MACs are twelve digits here, so that any notation finds them. */
const deviceBody = join([
  'd.hostname',
  'd.manufacturer',
  'd.model',
  'd.serial',
  'd.os',
  'd.kernel',
  'd.architecture',
  'd.cpu_model',
  'd.ssh_host',
  'd.comment',
  `(SELECT group_concat(${addressWord('a.address')}, ' ') FROM interface i JOIN ip_address a ON a.interface_id = i.id WHERE i.device_id = d.id)`,
  "(SELECT group_concat(replace(m.mac, ':', ''), ' ') FROM interface i JOIN mac m ON m.interface_id = i.id WHERE i.device_id = d.id)",
  "(SELECT group_concat(v.name || ' vlan' || v.number, ' ') FROM interface i JOIN interface_vlan iv ON iv.interface_id = i.id JOIN vlan v ON v.id = iv.vlan_id WHERE i.device_id = d.id)",
  annotationWords('d.id'),
  "(SELECT group_concat(s.name, ' ') FROM service_runs_on r JOIN service s ON s.id = r.service_id WHERE r.device_id = d.id)",
]);

export function createDerived(sqlite: Sqlite.Database): Derived {
  let count: CountDifferences | undefined;
  sqlite.function('natural_key', { deterministic: true }, (text) => naturalKey(String(text)));

  const devices = deviceStatements(sqlite);
  const documents = createDocuments(sqlite);
  const dirtyDevice = sqlite.prepare<[], { one: number }>('SELECT 1 AS one FROM dirty_device');
  const dirtyDocument = sqlite.prepare<[], { one: number }>('SELECT 1 AS one FROM dirty_document');
  const staleDifferences = sqlite.prepare<[], { id: string; observed: number }>(
    `SELECT d.id AS id, x.observed_at IS NOT NULL AS observed
     FROM dirty_device q CROSS JOIN device d ON d.id = q.device_id
     CROSS JOIN device_derived x ON x.device_id = d.id
     WHERE q.facts = 1 AND (x.observed_at IS NOT NULL OR x.differences > 0)`,
  );
  const setDifferences = sqlite.prepare<[number, string]>(
    'UPDATE device_derived SET differences = ? WHERE device_id = ?',
  );
  const keepUncounted = sqlite.prepare(
    `DELETE FROM dirty_device WHERE facts = 0
     OR NOT EXISTS (SELECT 1 FROM device_derived x
                    WHERE x.device_id = dirty_device.device_id AND x.observed_at IS NOT NULL)`,
  );
  const clearDevices = sqlite.prepare('DELETE FROM dirty_device');

  const keysWait = sqlite.prepare('SELECT 1 FROM dirty_device WHERE keys = 1 LIMIT 1');
  const factsWait = sqlite.prepare('SELECT 1 FROM dirty_device WHERE facts = 1 LIMIT 1');
  const waiting = sqlite.prepare<[], { devices: number; there: number }>(
    `SELECT count(*) AS devices, count(d.id) AS there
     FROM dirty_device q LEFT JOIN device d ON d.id = q.device_id`,
  );
  const clearSettled = sqlite.prepare('DELETE FROM dirty_device WHERE words = 0');
  const leaveWords = sqlite.prepare(
    'UPDATE dirty_device SET keys = 0, facts = 0 WHERE keys = 1 OR facts = 1',
  );

  const countDifferences = (counter: CountDifferences) => {
    for (const { id, observed } of staleDifferences.all()) {
      setDifferences.run(observed ? counter(id) : 0, id);
    }
  };
  const settleDevices = () => {
    for (const statement of [...devices.words, ...devices.keys]) statement.run();
    if (count === undefined) {
      keepUncounted.run();
    } else {
      countDifferences(count);
      clearDevices.run();
    }
  };
  const settleButWords = (counter: CountDifferences) => {
    if (keysWait.get() !== undefined) for (const statement of devices.keys) statement.run();
    if (factsWait.get() !== undefined) countDifferences(counter);
    clearSettled.run();
    leaveWords.run();
  };

  return {
    refresh() {
      const { devices: found, there } = waiting.get() ?? { devices: 0, there: 0 };
      // A device that is gone must not be found any more.
      if (count === undefined || there < found || found > mostWaiting) {
        if (found > 0) settleDevices();
      } else if (found > 0) settleButWords(count);
      documents.refresh();
    },
    settle() {
      if (dirtyDevice.get() !== undefined) settleDevices();
      documents.refresh();
    },
    isStale: () => dirtyDevice.get() !== undefined || dirtyDocument.get() !== undefined,
    countWith(counter) {
      count = counter;
    },
  };
}

/** With its source, so that the index has it: this is asked for each address of a device. */
const observedValue = (key: string) =>
  `(SELECT o.value FROM observation o WHERE o.device_id = d.id AND o.source = 'ssh' AND o.key = '${key}')`;

/**
 * By which declared address (`b` on interface `i` of device `d`) a machine is known: never one that
 * moves; where it was reached; in the management network; on its way out; else the first declared.
 */
const likeliestAddress = `b.role = 'virtual',
  b.address IS NOT ${observedValue('reached')},
  NOT EXISTS (SELECT 1 FROM interface_vlan m JOIN vlan v ON v.id = m.vlan_id
    WHERE m.interface_id = i.id AND m.tagged = 0
      AND (v.name LIKE '%mgmt%' OR v.name || coalesce(v.purpose, '') LIKE '%management%')),
  i.name IS NOT ${observedValue('default-route')},
  instr(b.address, ':') > 0, i.ordinal, b.id`;

/** `CROSS JOIN`: the few that are dirty lead, whatever SQLite knows about the sizes of the tables. */
function deviceStatements(sqlite: Sqlite.Database) {
  const prepared = (statements: readonly string[]) => statements.map((sql) => sqlite.prepare(sql));
  const words = prepared([
    `DELETE FROM search_index WHERE rowid IN (
       SELECT s.doc FROM dirty_device q
       CROSS JOIN search_document s ON s.kind = 'device' AND s.id = q.device_id
       WHERE q.words = 1)`,
    `DELETE FROM search_document WHERE kind = 'device'
       AND id IN (SELECT device_id FROM dirty_device)
       AND id NOT IN (SELECT id FROM device WHERE id IN (SELECT device_id FROM dirty_device))`,
    `INSERT INTO search_document (kind, id)
       SELECT 'device', d.id FROM dirty_device q CROSS JOIN device d ON d.id = q.device_id WHERE true
       ON CONFLICT DO NOTHING`,
    `INSERT INTO search_index (rowid, title, body)
       SELECT s.doc, d.name, ${deviceBody}
       FROM dirty_device q CROSS JOIN device d ON d.id = q.device_id
       CROSS JOIN search_document s ON s.kind = 'device' AND s.id = d.id WHERE q.words = 1`,
  ]);
  const keys = prepared([
    `INSERT INTO search_document (kind, id)
       SELECT 'device', d.id FROM dirty_device q CROSS JOIN device d ON d.id = q.device_id
       WHERE q.keys = 1 ON CONFLICT DO NOTHING`,
    `INSERT INTO device_derived (device_id, doc, name_sort, primary_address, primary_bytes, observed_at)
       SELECT id, doc, natural_key(name), address, bytes, collected_at FROM (
         SELECT d.id, s.doc, d.name, a.address, a.bytes,
           (SELECT max(f.collected_at) FROM observation o JOIN facts_document f ON f.id = o.value
            WHERE o.device_id = d.id AND o.key = 'facts') AS collected_at
         FROM dirty_device q CROSS JOIN device d ON d.id = q.device_id
         CROSS JOIN search_document s ON s.kind = 'device' AND s.id = d.id
         LEFT JOIN ip_address a ON a.id = (
           SELECT b.id FROM interface i JOIN ip_address b ON b.interface_id = i.id
           WHERE i.device_id = d.id ORDER BY ${likeliestAddress} LIMIT 1)
         WHERE q.keys = 1
       ) WHERE true
       ON CONFLICT (device_id) DO UPDATE SET name_sort = excluded.name_sort,
         primary_address = excluded.primary_address, primary_bytes = excluded.primary_bytes,
         observed_at = excluded.observed_at`,
  ]);
  return { words, keys };
}
