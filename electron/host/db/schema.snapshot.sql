CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  set_seq INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  operation TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;

CREATE TABLE change_set (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  undoes TEXT,
  state TEXT NOT NULL CHECK (state IN ('done', 'undone')),
  redoable INTEGER NOT NULL DEFAULT 0 CHECK (redoable IN (0, 1)),
  -- Its changes: one transaction writes at a time, so that they lie together and need no index.
  first_change INTEGER NOT NULL,
  last_change INTEGER NOT NULL
) STRICT;

CREATE TABLE change_subject (
  subject_id TEXT NOT NULL,
  set_seq INTEGER NOT NULL,
  PRIMARY KEY (subject_id, set_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE current_change_set (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  set_seq INTEGER NOT NULL
) STRICT;

CREATE TABLE device (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  site_id TEXT REFERENCES site (id) ON DELETE SET NULL,
  rack_id TEXT REFERENCES rack (id) ON DELETE SET NULL,
  position INTEGER CHECK (position >= 1),
  height_units INTEGER NOT NULL DEFAULT 1 CHECK (height_units >= 0),
  hostname TEXT COLLATE NOCASE,
  manufacturer TEXT,
  model TEXT,
  serial TEXT,
  os TEXT,
  kernel TEXT,
  architecture TEXT,
  cpu_model TEXT,
  cpu_cores INTEGER,
  memory_bytes INTEGER,
  ssh_host TEXT,
  ssh_port INTEGER,
  ssh_user TEXT,
  ssh_identity_file TEXT,
  ssh_jump TEXT,
  comment TEXT
) STRICT;

CREATE TABLE device_derived (
  device_id TEXT NOT NULL PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
  doc INTEGER NOT NULL UNIQUE,
  name_sort TEXT NOT NULL,
  primary_address TEXT,
  primary_bytes BLOB,
  observed_at INTEGER,
  differences INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE device_tag (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  tag_id TEXT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  UNIQUE (device_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE dirty_device (
  device_id TEXT NOT NULL PRIMARY KEY,
  words INTEGER NOT NULL DEFAULT 0,
  keys INTEGER NOT NULL DEFAULT 0,
  facts INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE dirty_document (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE dismissal (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  device_id TEXT REFERENCES device (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE facts_document (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL,
  source TEXT NOT NULL,
  collected_at INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE host_key (
  host TEXT NOT NULL,
  type TEXT NOT NULL,
  blob TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (host, type, blob)
) STRICT, WITHOUT ROWID;

CREATE TABLE identity (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  UNIQUE (device_id, kind, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE interface (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  mtu INTEGER,
  speed_mbps INTEGER,
  ordinal INTEGER NOT NULL,
  UNIQUE (device_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE interface_vlan (
  id TEXT NOT NULL PRIMARY KEY,
  interface_id TEXT NOT NULL REFERENCES interface (id) ON DELETE CASCADE,
  vlan_id TEXT NOT NULL REFERENCES vlan (id) ON DELETE CASCADE,
  tagged INTEGER NOT NULL CHECK (tagged IN (0, 1)),
  UNIQUE (interface_id, vlan_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE ip_address (
  id TEXT NOT NULL PRIMARY KEY,
  interface_id TEXT NOT NULL REFERENCES interface (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  prefix_length INTEGER NOT NULL CHECK (prefix_length BETWEEN 0 AND 128),
  bytes BLOB NOT NULL CHECK (length(bytes) = 16),
  role TEXT NOT NULL,
  UNIQUE (interface_id, bytes)
) STRICT, WITHOUT ROWID;

CREATE TABLE mac (
  id TEXT NOT NULL PRIMARY KEY,
  interface_id TEXT NOT NULL REFERENCES interface (id) ON DELETE CASCADE,
  mac TEXT NOT NULL CHECK (length(mac) = 17),
  UNIQUE (interface_id, mac)
) STRICT, WITHOUT ROWID;

CREATE TABLE migration (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE note (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
, edited_at INTEGER) STRICT;

CREATE TABLE observation (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT,
  reason TEXT,
  seen_at INTEGER NOT NULL,
  UNIQUE (device_id, source, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE prefix (
  id TEXT NOT NULL PRIMARY KEY,
  vlan_id TEXT REFERENCES vlan (id) ON DELETE SET NULL,
  prefix TEXT NOT NULL,
  prefix_length INTEGER NOT NULL CHECK (prefix_length BETWEEN 0 AND 128),
  start_bytes BLOB NOT NULL CHECK (length(start_bytes) = 16),
  end_bytes BLOB NOT NULL CHECK (length(end_bytes) = 16),
  comment TEXT,
  UNIQUE (start_bytes, end_bytes)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE proposal_revision (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE rack (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  height_units INTEGER NOT NULL CHECK (height_units BETWEEN 1 AND 100),
  comment TEXT,
  UNIQUE (site_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE reading_attempt (
  device_id TEXT NOT NULL PRIMARY KEY,
  -- When it ended.
  at INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  source TEXT NOT NULL,
  -- JSON: code, message, hint, since, times. NULL: it succeeded.
  failure TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE rejection (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  value TEXT,
  UNIQUE (device_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_document (
  doc INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 (
  title, body,
  content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2'
);

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

CREATE TABLE service (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  kind TEXT NOT NULL,
  url TEXT,
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE service_depends_on (
  id TEXT NOT NULL PRIMARY KEY,
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  needed_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  UNIQUE (service_id, needed_id),
  CHECK (service_id <> needed_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_port (
  id TEXT NOT NULL PRIMARY KEY,
  runs_on_id TEXT NOT NULL REFERENCES service_runs_on (id) ON DELETE CASCADE,
  protocol TEXT NOT NULL,
  port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
  UNIQUE (runs_on_id, protocol, port)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_runs_on (
  id TEXT NOT NULL PRIMARY KEY,
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  UNIQUE (service_id, device_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE stale_proposal (
  key TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE stale_seen (
  device_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE vlan (
  id TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 4094),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  purpose TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX change_set_import ON change_set (title) WHERE source = 'import';

CREATE INDEX change_set_undoes ON change_set (undoes) WHERE undoes IS NOT NULL;

CREATE INDEX device_derived_differences ON device_derived (differences) WHERE differences > 0;

CREATE INDEX device_derived_name ON device_derived (name_sort);

CREATE INDEX device_hostname ON device (hostname) WHERE hostname IS NOT NULL;

CREATE INDEX device_rack ON device (rack_id, position);

CREATE INDEX device_serial ON device (serial) WHERE serial IS NOT NULL;

CREATE INDEX device_site ON device (site_id);

CREATE INDEX device_tag_tag ON device_tag (tag_id);

CREATE INDEX dismissal_device ON dismissal (device_id) WHERE device_id IS NOT NULL;

CREATE INDEX facts_document_device ON facts_document (device_id, collected_at);

CREATE INDEX identity_value ON identity (kind, value);

CREATE INDEX interface_ordinal ON interface (device_id, ordinal);

CREATE INDEX interface_vlan_vlan ON interface_vlan (vlan_id);

CREATE INDEX ip_address_bytes ON ip_address (bytes);

CREATE INDEX ip_address_text ON ip_address (address);

CREATE INDEX mac_mac ON mac (mac);

CREATE INDEX note_device ON note (device_id, at);

CREATE INDEX prefix_vlan ON prefix (vlan_id);

CREATE INDEX proposal_listed ON proposal (state, local, area, name_sort, key);

CREATE INDEX reading_attempt_failed ON reading_attempt (device_id) WHERE failure IS NOT NULL;

CREATE INDEX seen_key ON seen (key, declared, device_id);

CREATE INDEX service_depends_on_needed ON service_depends_on (needed_id);

CREATE INDEX service_runs_on_device ON service_runs_on (device_id);
