/**
 * Tags and notes belong to anything, not to devices alone, and with them the values of custom fields
 * and attachments. `subject_id` is an id of any table (ids are unique over all), `subject_kind` the
 * name of its kind; generated triggers hold that it is there and take what is noted along with it.
 * What history keeps of the older tables is told as one of the new, so that it can still be undone.
 */
export const annotations = /* sql */ `
CREATE TABLE tagging (
  id TEXT NOT NULL PRIMARY KEY,
  -- Images of before this step do not tell it; what they are of belonged to a device.
  subject_kind TEXT NOT NULL DEFAULT 'device',
  subject_id TEXT NOT NULL,
  tag_id TEXT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  UNIQUE (subject_id, tag_id)
) STRICT, WITHOUT ROWID;
INSERT INTO tagging (id, subject_kind, subject_id, tag_id)
  SELECT id, 'device', device_id, tag_id FROM device_tag;
DROP TABLE device_tag;
CREATE INDEX tagging_tag ON tagging (tag_id);

CREATE TABLE note_new (
  id TEXT NOT NULL PRIMARY KEY,
  subject_kind TEXT NOT NULL DEFAULT 'device',
  subject_id TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  edited_at INTEGER
) STRICT;
INSERT INTO note_new (id, subject_kind, subject_id, text, at, edited_at)
  SELECT id, 'device', device_id, text, at, edited_at FROM note;
DROP TABLE note;
ALTER TABLE note_new RENAME TO note;
CREATE INDEX note_subject ON note (subject_id, at);

CREATE TABLE custom_field (
  id TEXT NOT NULL PRIMARY KEY,
  -- Of which kind of thing.
  kind TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  type TEXT NOT NULL
    CHECK (type IN ('text', 'number', 'boolean', 'choice', 'date', 'url', 'reference')),
  -- JSON array of the options of a choice.
  options TEXT CHECK ((options IS NOT NULL) = (type = 'choice')),
  -- The kind that a reference refers to.
  target TEXT CHECK ((target IS NOT NULL) = (type = 'reference')),
  required INTEGER NOT NULL CHECK (required IN (0, 1)),
  help TEXT,
  ordinal INTEGER NOT NULL,
  UNIQUE (kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE custom_value (
  id TEXT NOT NULL PRIMARY KEY,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  field_id TEXT NOT NULL REFERENCES custom_field (id) ON DELETE CASCADE,
  -- As the field's type writes it; of a reference the id stands beside it.
  value TEXT,
  reference_id TEXT,
  UNIQUE (subject_id, field_id),
  CHECK ((value IS NULL) <> (reference_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX custom_value_field ON custom_value (field_id);
CREATE INDEX custom_value_reference ON custom_value (reference_id) WHERE reference_id IS NOT NULL;

CREATE TABLE attachment (
  id TEXT NOT NULL PRIMARY KEY,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  -- Told from the content.
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  -- Of the content, which lies in a file of that name.
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  -- Pixels, of a picture that can be shown.
  width INTEGER,
  height INTEGER,
  added_at INTEGER NOT NULL,
  UNIQUE (subject_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_sha256 ON attachment (sha256);

UPDATE change_layout SET
  columns = replace(columns, '"device_id"', '"subject_id"'),
  table_name = iif(table_name = 'device_tag', 'tagging', table_name)
WHERE table_name IN ('device_tag', 'note');
-- Objects by column, as they were written before step 11.
UPDATE change SET
  before = CASE WHEN before ->> '$.device_id' IS NULL THEN before ELSE
    json_set(json_remove(before, '$.device_id'), '$.subject_id', before ->> '$.device_id') END,
  after = CASE WHEN after ->> '$.device_id' IS NULL THEN after ELSE
    json_set(json_remove(after, '$.device_id'), '$.subject_id', after ->> '$.device_id') END
WHERE layout IN (
  SELECT id FROM change_layout WHERE table_name IN ('tagging', 'note') AND columns = '[]');

-- Things that have a history of their own from now on.
INSERT OR IGNORE INTO change_subject (subject_id, set_seq)
SELECT c.row_id, c.set_seq FROM change c JOIN change_layout l ON l.id = c.layout
WHERE l.table_name IN ('room', 'device_type', 'prefix', 'ip_range', 'dhcp_reservation', 'cable',
  'power_point', 'cluster', 'ci_runner', 'storage_pool', 'volume', 'bucket',
  'database', 'gpu');

-- Search finds them, too, from now on.
INSERT OR IGNORE INTO dirty_document (kind, id)
  SELECT 'room', id FROM room UNION ALL SELECT 'device-type', id FROM device_type
  UNION ALL SELECT 'prefix', id FROM prefix UNION ALL SELECT 'ip-range', id FROM ip_range
  UNION ALL SELECT 'dhcp-reservation', id FROM dhcp_reservation
  UNION ALL SELECT 'cable', id FROM cable UNION ALL SELECT 'power-point', id FROM power_point
  UNION ALL SELECT 'cluster', id FROM cluster UNION ALL SELECT 'ci-runner', id FROM ci_runner
  UNION ALL SELECT 'storage-pool', id FROM storage_pool UNION ALL SELECT 'volume', id FROM volume
  UNION ALL SELECT 'bucket', id FROM bucket UNION ALL SELECT 'database', id FROM database
  UNION ALL SELECT 'gpu', id FROM gpu;
`;
