/** Tables under history when this step was written. */
const tables = [
  'address_holder',
  'bucket',
  'cable',
  'cable_end',
  'ci_runner',
  'cluster',
  'cluster_member',
  'database',
  'device',
  'device_tag',
  'device_type',
  'dhcp_reservation',
  'dismissal',
  'gpu',
  'identity',
  'interface',
  'interface_vlan',
  'ip_address',
  'ip_range',
  'mac',
  'note',
  'observation',
  'port',
  'port_template',
  'power_link',
  'power_point',
  'prefix',
  'rack',
  'rejection',
  'room',
  'service',
  'service_depends_on',
  'service_exposure',
  'service_port',
  'service_runs_on',
  'site',
  'storage_pool',
  'storage_use',
  'suppression',
  'tag',
  'vlan',
  'volume',
];

/** A UUID as its 16 bytes, any other id as it is; see db/row-id.ts, which must stay the same. */
const packed = (id: string) => {
  const pattern = [8, 4, 4, 4, 12].map((digits) => '[0-9a-f]'.repeat(digits)).join('-');
  return `CASE WHEN ${id} GLOB '${pattern}' THEN unhex(${id}, '-') ELSE ${id} END`;
};

const stands = tables
  .map((table) => `WHEN '${table}' THEN EXISTS (SELECT 1 FROM "${table}" WHERE id = o.row_id)`)
  .join('\n    ');

/**
 * The change log at a fifth of its size; see db/change-log.ts for how it is read. An insert keeps no
 * copy of its row where the row itself, or the deletion that took it, still tells what it was. Images
 * that were written before stay JSON objects by column.
 */
export const changeLog = /* sql */ `
ALTER TABLE change RENAME TO old_change;

-- What the images of a change are of: a table, and its columns when the change was written.
CREATE TABLE change_layout (
  id INTEGER PRIMARY KEY,
  table_name TEXT NOT NULL,
  columns TEXT NOT NULL,
  UNIQUE (table_name, columns)
) STRICT;
INSERT INTO change_layout (table_name, columns)
  SELECT DISTINCT table_name, '[]' FROM old_change ORDER BY table_name;

-- Written by triggers alone, once per row changed: no constraint here that each start would check.
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  set_seq INTEGER NOT NULL,
  layout INTEGER NOT NULL,
  -- 0: insert, 1: update, 2: delete.
  operation INTEGER NOT NULL,
  -- A UUID as its bytes.
  row_id ANY NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
-- What happened to a row after it was made; most rows are made and never touched.
CREATE INDEX change_row ON change (row_id) WHERE operation > 0;

CREATE INDEX old_change_gone ON old_change (row_id) WHERE operation = 'delete';
INSERT INTO change (seq, set_seq, layout, operation, row_id, before, after)
SELECT o.seq, o.set_seq, l.id,
  CASE o.operation WHEN 'insert' THEN 0 WHEN 'update' THEN 1 ELSE 2 END,
  ${packed('o.row_id')},
  o.before,
  CASE WHEN o.operation = 'insert' AND (
    EXISTS (SELECT 1 FROM old_change d
      WHERE d.row_id = o.row_id AND d.operation = 'delete' AND d.seq > o.seq)
    OR CASE o.table_name
    ${stands}
    END) THEN NULL ELSE o.after END
FROM old_change o JOIN change_layout l ON l.table_name = o.table_name
ORDER BY o.seq;
DROP TABLE old_change;

ALTER TABLE change_subject RENAME TO old_change_subject;
CREATE TABLE change_subject (
  -- A UUID as its bytes.
  subject_id ANY NOT NULL,
  set_seq INTEGER NOT NULL,
  PRIMARY KEY (subject_id, set_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO change_subject (subject_id, set_seq)
  SELECT ${packed('subject_id')}, set_seq FROM old_change_subject;
DROP TABLE old_change_subject;
`;
