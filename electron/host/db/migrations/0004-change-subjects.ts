/**
 * What each change set is about, so that the history of one thing is found at once; see
 * db/change-subjects.ts. One row for each thing in a set and no index beside its key: an edit writes
 * one row more. What was changed before this step is filled in from the changes themselves.
 */
export const changeSubjects = /* sql */ `
CREATE TABLE change_subject (
  subject_id TEXT NOT NULL,
  set_seq INTEGER NOT NULL,
  PRIMARY KEY (subject_id, set_seq)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO change_subject (subject_id, set_seq)
SELECT c.row_id, c.set_seq FROM change c
WHERE c.table_name IN ('device', 'rack', 'site', 'service', 'vlan');

INSERT OR IGNORE INTO change_subject (subject_id, set_seq)
SELECT j.value, c.set_seq FROM change c, json_each(c.after) j
WHERE c.after IS NOT NULL AND j.type = 'text'
  AND j.key IN ('device_id', 'rack_id', 'site_id', 'service_id', 'needed_id', 'vlan_id');

INSERT OR IGNORE INTO change_subject (subject_id, set_seq)
SELECT j.value, c.set_seq FROM change c, json_each(c.before) j
WHERE c.before IS NOT NULL AND j.type = 'text'
  AND j.key IN ('device_id', 'rack_id', 'site_id', 'service_id', 'needed_id', 'vlan_id');

INSERT OR IGNORE INTO change_subject (subject_id, set_seq)
SELECT i.device_id, c.set_seq FROM change c
JOIN interface i ON i.id = coalesce(
  json_extract(c.after, '$.interface_id'), json_extract(c.before, '$.interface_id'))
WHERE c.table_name IN ('mac', 'ip_address', 'interface_vlan');

INSERT OR IGNORE INTO change_subject (subject_id, set_seq)
SELECT i.device_id, c.set_seq FROM change c JOIN interface i ON i.id = c.row_id
WHERE c.table_name = 'interface' AND c.operation = 'update';

INSERT OR IGNORE INTO change_subject (subject_id, set_seq)
SELECT o.device_id, c.set_seq FROM change c JOIN observation o ON o.id = c.row_id
WHERE c.table_name = 'observation' AND c.operation = 'update';

INSERT OR IGNORE INTO change_subject (subject_id, set_seq)
SELECT n.device_id, c.set_seq FROM change c JOIN note n ON n.id = c.row_id
WHERE c.table_name = 'note' AND c.operation = 'update';
`;
