/**
 * What checks found, and what somebody lives with. Evidence: outside history, and without a foreign key,
 * since what is checked may be any thing by its id, and comes back when its deletion is undone.
 */
export const checks = /* sql */ `
CREATE TABLE check_result (
  subject_id TEXT NOT NULL,
  check_id TEXT NOT NULL,
  part TEXT NOT NULL,
  at INTEGER NOT NULL,
  status TEXT NOT NULL,
  found TEXT NOT NULL,
  -- JSON: the whole result with its evidence; of the newest of each check and part alone.
  body TEXT
) STRICT;
CREATE UNIQUE INDEX check_result_of ON check_result (subject_id, check_id, part, at);
CREATE INDEX check_result_newest ON check_result (subject_id) WHERE body IS NOT NULL;
CREATE INDEX check_result_at ON check_result (at) WHERE body IS NULL;

CREATE TABLE check_acceptance (
  subject_id TEXT NOT NULL,
  check_id TEXT NOT NULL,
  part TEXT NOT NULL,
  reason TEXT NOT NULL,
  who TEXT NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (subject_id, check_id, part)
) STRICT, WITHOUT ROWID;
`;
