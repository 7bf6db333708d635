/**
 * Work on machines and its journal. Outside history: what was done to a machine is no edit of the
 * inventory, and no undo of the inventory takes it back. As with readings, devices have no foreign key.
 */
export const jobs = /* sql */ `
CREATE TABLE job (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  who TEXT NOT NULL,
  by_way TEXT NOT NULL,
  attended INTEGER NOT NULL,
  -- JSON, as the kind of the job understands it.
  input TEXT NOT NULL,
  plan_version INTEGER NOT NULL,
  -- JSON: lane, title, deviceId, after.
  lanes TEXT NOT NULL,
  -- JSON: the first machines.
  devices TEXT NOT NULL,
  device_count INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  -- JSON: the whole state.
  state_detail TEXT NOT NULL,
  ended_at INTEGER,
  steps_total INTEGER NOT NULL,
  steps_done INTEGER NOT NULL DEFAULT 0,
  undoable INTEGER NOT NULL DEFAULT 0,
  report TEXT,
  -- Of what belongs to no step.
  lines INTEGER NOT NULL DEFAULT 0,
  last_line TEXT,
  -- Which process runs it; see db/jobs/runner-lock.ts. NULL: none.
  owner TEXT,
  -- What another process asks of that one.
  wish TEXT,
  -- Grows with each change of any job, for who looks at them from another process.
  rev INTEGER NOT NULL
) STRICT;
CREATE INDEX job_state ON job (state, seq);
CREATE INDEX job_kind ON job (kind, seq);
CREATE INDEX job_rev ON job (rev);
CREATE INDEX job_owner ON job (owner) WHERE owner IS NOT NULL;

CREATE TABLE job_device (
  device_id TEXT NOT NULL,
  job INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
  PRIMARY KEY (device_id, job)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_device_job ON job_device (job);

CREATE TABLE job_step (
  job INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
  -- Counts from 1 within the job.
  number INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  lane TEXT NOT NULL,
  position INTEGER NOT NULL,
  -- JSON: the phase as it was approved.
  plan TEXT NOT NULL,
  -- JSON.
  state TEXT NOT NULL,
  -- JSON: what undo needs, written before anything is changed.
  saved TEXT,
  -- How it stood then: absent or partly.
  began TEXT,
  -- JSON: what the last probe found, and on what that rests.
  probed TEXT,
  lines INTEGER NOT NULL DEFAULT 0,
  UNIQUE (job, number)
) STRICT;

CREATE TABLE job_log (
  job INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
  -- 0: of no step.
  step INTEGER NOT NULL,
  -- Counts from 1 within the step.
  n INTEGER NOT NULL,
  -- Counts from 1 within the job.
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- 0: of the app; 1: output; 2: errors.
  stream INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (job, step, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_log_seq ON job_log (job, seq);
`;
