/**
 * How reading each device went the last time, and when a note was edited. An attempt is no edit: it
 * stands outside history, which a schedule would fill otherwise. As with facts_document there is no
 * foreign key, so that undoing a deletion finds it again.
 */
export const readings = /* sql */ `
CREATE TABLE reading_attempt (
  device_id TEXT NOT NULL PRIMARY KEY,
  -- When it ended.
  at INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  source TEXT NOT NULL,
  -- JSON: code, message, hint, since, times. NULL: it succeeded.
  failure TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX reading_attempt_failed ON reading_attempt (device_id) WHERE failure IS NOT NULL;

ALTER TABLE note ADD COLUMN edited_at INTEGER;
`;
