/** What was seen on machines and is not declared, and what of it a person does not want. */
export const proposalTables = /* sql */ `
-- Where a service answers on a device.
CREATE TABLE service_port (
  id TEXT NOT NULL PRIMARY KEY,
  runs_on_id TEXT NOT NULL REFERENCES service_runs_on (id) ON DELETE CASCADE,
  protocol TEXT NOT NULL,
  port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
  UNIQUE (runs_on_id, protocol, port)
) STRICT, WITHOUT ROWID;

-- A person's no to a proposal, by its key. Of a proposal on one device it goes with the device.
CREATE TABLE dismissal (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  device_id TEXT REFERENCES device (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dismissal_device ON dismissal (device_id) WHERE device_id IS NOT NULL;

-- Computed from the newest facts of a device; see db/proposal-state.ts.
CREATE TABLE seen (
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  area TEXT NOT NULL,
  name TEXT NOT NULL,
  named INTEGER NOT NULL,
  local INTEGER NOT NULL,
  declared INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (device_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_key ON seen (key, declared, device_id);

-- One row for each thing that was seen, on however many devices.
CREATE TABLE proposal (
  key TEXT NOT NULL PRIMARY KEY,
  area TEXT NOT NULL,
  state TEXT NOT NULL,
  local INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  devices INTEGER NOT NULL,
  version TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_listed ON proposal (state, local, area, name_sort, key);

-- Grows with each change of the table above.
CREATE TABLE proposal_revision (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  revision INTEGER NOT NULL
) STRICT;
INSERT INTO proposal_revision (only, revision) VALUES (1, 0);

CREATE TABLE stale_seen (
  device_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO stale_seen (device_id)
  SELECT DISTINCT device_id FROM observation WHERE key = 'facts';

CREATE TABLE stale_proposal (
  key TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
`;
