CREATE TABLE address_holder (
  id TEXT NOT NULL PRIMARY KEY,
  address_id TEXT NOT NULL REFERENCES ip_address (id) ON DELETE CASCADE,
  interface_id TEXT NOT NULL REFERENCES interface (id) ON DELETE CASCADE,
  priority INTEGER,
  UNIQUE (address_id, interface_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE allowed_command (
  -- SHA-256 of the command with its arguments and its environment.
  hash TEXT NOT NULL PRIMARY KEY,
  -- JSON: what was shown; no values of the environment.
  command TEXT NOT NULL,
  -- The file that is run, and where it finds what it starts itself.
  program TEXT NOT NULL,
  path TEXT NOT NULL,
  allowed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE bucket (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  service_id TEXT REFERENCES service (id) ON DELETE SET NULL,
  volume_id TEXT REFERENCES volume (id) ON DELETE SET NULL,
  versioned INTEGER CHECK (versioned IN (0, 1)),
  locked INTEGER CHECK (locked IN (0, 1)),
  size_bytes INTEGER,
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE cable (
  id TEXT NOT NULL PRIMARY KEY,
  label TEXT NOT NULL COLLATE NOCASE UNIQUE,
  type TEXT,
  status TEXT NOT NULL,
  colour TEXT,
  length INTEGER,
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE cable_end (
  id TEXT NOT NULL PRIMARY KEY,
  cable_id TEXT NOT NULL REFERENCES cable (id) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('a', 'b')),
  lane INTEGER NOT NULL,
  interface_id TEXT REFERENCES interface (id) ON DELETE CASCADE,
  port_id TEXT REFERENCES port (id) ON DELETE CASCADE,
  UNIQUE (cable_id, side, lane),
  CHECK (interface_id IS NULL OR port_id IS NULL)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE change_layout (
  id INTEGER PRIMARY KEY,
  table_name TEXT NOT NULL,
  columns TEXT NOT NULL,
  UNIQUE (table_name, columns)
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
, reason TEXT) STRICT;

CREATE TABLE change_subject (
  -- A UUID as its bytes.
  subject_id ANY NOT NULL,
  set_seq INTEGER NOT NULL,
  PRIMARY KEY (subject_id, set_seq)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE ci_runner (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  forge_id TEXT REFERENCES service (id) ON DELETE SET NULL,
  device_id TEXT REFERENCES device (id) ON DELETE SET NULL,
  labels TEXT,
  scope TEXT,
  capacity INTEGER,
  privileged INTEGER CHECK (privileged IN (0, 1)),
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE cluster (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  kind TEXT NOT NULL,
  version TEXT,
  pod_prefix TEXT,
  pod_prefix_start BLOB,
  pod_prefix_end BLOB,
  service_prefix TEXT,
  service_prefix_start BLOB,
  service_prefix_end BLOB,
  endpoint TEXT,
  endpoint_bytes BLOB,
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE cluster_context (
  id TEXT NOT NULL PRIMARY KEY,
  cluster_id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- JSON: shared/cluster/context-source.ts. Never a secret.
  source TEXT NOT NULL,
  -- The machine through which it is reached where it is not directly.
  via_device TEXT,
  added_at INTEGER NOT NULL,
  -- JSON: what the last test found.
  test TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE cluster_member (
  id TEXT NOT NULL PRIMARY KEY,
  cluster_id TEXT NOT NULL REFERENCES cluster (id) ON DELETE CASCADE,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  UNIQUE (cluster_id, device_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE container_engine (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- The machine that it runs on; null: none of the inventory.
  device_id TEXT,
  -- JSON: shared/containers/engine.ts. Never a secret.
  way TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  -- JSON: what the last test found.
  test TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE current_change_set (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  set_seq INTEGER NOT NULL
) STRICT;

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

CREATE TABLE database (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE,
  service_id TEXT REFERENCES service (id) ON DELETE SET NULL,
  volume_id TEXT REFERENCES volume (id) ON DELETE SET NULL,
  engine TEXT NOT NULL,
  size_bytes INTEGER,
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE "device" (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  device_type_id TEXT REFERENCES device_type (id) ON DELETE SET NULL,
  site_id TEXT REFERENCES site (id) ON DELETE SET NULL,
  rack_id TEXT REFERENCES rack (id) ON DELETE SET NULL,
  position REAL CHECK (position >= 1 AND position * 2 = CAST(position * 2 AS INTEGER)),
  height_units REAL NOT NULL DEFAULT 1
    CHECK (height_units >= 0 AND height_units * 2 = CAST(height_units * 2 AS INTEGER)),
  face TEXT,
  side TEXT,
  parent_id TEXT REFERENCES device (id) ON DELETE SET NULL,
  bay TEXT,
  asset_tag TEXT,
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
  nameplate INTEGER,
  measured INTEGER,
  ssh_host TEXT,
  ssh_port INTEGER,
  ssh_user TEXT,
  ssh_identity_file TEXT,
  ssh_jump TEXT,
  comment TEXT, battery INTEGER CHECK (battery >= 0),
  CHECK (parent_id IS NULL OR parent_id <> id)
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

CREATE TABLE device_type (
  id TEXT NOT NULL PRIMARY KEY,
  manufacturer TEXT NOT NULL COLLATE NOCASE,
  model TEXT NOT NULL COLLATE NOCASE,
  slug TEXT,
  part_number TEXT,
  kind TEXT,
  height_units REAL CHECK (height_units >= 0),
  width TEXT,
  full_depth INTEGER CHECK (full_depth IN (0, 1)),
  depth INTEGER,
  weight INTEGER,
  airflow TEXT,
  bays TEXT,
  nameplate INTEGER,
  comment TEXT,
  UNIQUE (manufacturer, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE dhcp_reservation (
  id TEXT NOT NULL PRIMARY KEY,
  address TEXT NOT NULL,
  address_bytes BLOB NOT NULL UNIQUE CHECK (length(address_bytes) = 16),
  mac TEXT NOT NULL CHECK (length(mac) = 17),
  hostname TEXT,
  interface_id TEXT REFERENCES interface (id) ON DELETE SET NULL,
  comment TEXT
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

CREATE TABLE gpu (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  slot TEXT,
  model TEXT NOT NULL,
  memory_bytes INTEGER,
  power_limit INTEGER,
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE gpu_kept (
  device_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE gpu_sample (
  device_id TEXT NOT NULL,
  -- UUID of the card, or vendor and number.
  gpu_key TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- Percent, bytes, degrees Celsius, watts.
  utilization REAL,
  memory_used INTEGER,
  temperature REAL,
  power REAL,
  PRIMARY KEY (device_id, gpu_key, at)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE "interface" (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  mtu INTEGER,
  speed_mbps INTEGER,
  ordinal INTEGER NOT NULL,
  type TEXT,
  label TEXT,
  parent_id TEXT REFERENCES interface (id) ON DELETE SET NULL,
  lag_id TEXT REFERENCES interface (id) ON DELETE SET NULL,
  management INTEGER CHECK (management IN (0, 1)),
  disabled INTEGER CHECK (disabled IN (0, 1)),
  poe TEXT,
  comment TEXT,
  UNIQUE (device_id, name)
) STRICT;

CREATE TABLE "interface_vlan" (
  id TEXT NOT NULL PRIMARY KEY,
  interface_id TEXT NOT NULL REFERENCES interface (id) ON DELETE CASCADE,
  vlan_id TEXT NOT NULL REFERENCES vlan (id) ON DELETE CASCADE,
  tagged INTEGER NOT NULL CHECK (tagged IN (0, 1)),
  UNIQUE (interface_id, vlan_id)
) STRICT;

CREATE TABLE "ip_address" (
  id TEXT NOT NULL PRIMARY KEY,
  interface_id TEXT REFERENCES interface (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  prefix_length INTEGER NOT NULL CHECK (prefix_length BETWEEN 0 AND 128),
  bytes BLOB NOT NULL CHECK (length(bytes) = 16),
  role TEXT NOT NULL,
  sharing TEXT,
  dns_name TEXT,
  comment TEXT,
  UNIQUE (interface_id, bytes)
) STRICT;

CREATE TABLE ip_range (
  id TEXT NOT NULL PRIMARY KEY,
  range TEXT NOT NULL,
  range_start BLOB NOT NULL CHECK (length(range_start) = 16),
  range_end BLOB NOT NULL CHECK (length(range_end) = 16 AND range_end >= range_start),
  role TEXT NOT NULL,
  server_id TEXT REFERENCES device (id) ON DELETE SET NULL,
  comment TEXT,
  UNIQUE (range_start, range_end)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE job_device (
  device_id TEXT NOT NULL,
  job INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
  PRIMARY KEY (device_id, job)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE key_login (
  secret_id TEXT NOT NULL REFERENCES secret (id) ON DELETE CASCADE,
  user TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  -- JSON: the jump hosts, first to last.
  through TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (secret_id, user, host, port, through)
) STRICT, WITHOUT ROWID;

CREATE TABLE "mac" (
  id TEXT NOT NULL PRIMARY KEY,
  interface_id TEXT NOT NULL REFERENCES interface (id) ON DELETE CASCADE,
  mac TEXT NOT NULL CHECK (length(mac) = 17),
  UNIQUE (interface_id, mac)
) STRICT;

CREATE TABLE migration (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE neighbour (
  facts_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  interface TEXT NOT NULL,
  chassis_name TEXT COLLATE NOCASE,
  chassis_id TEXT COLLATE NOCASE,
  port_id TEXT,
  port_description TEXT,
  pvid INTEGER,
  PRIMARY KEY (facts_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE "note" (
  id TEXT NOT NULL PRIMARY KEY,
  subject_kind TEXT NOT NULL DEFAULT 'device',
  subject_id TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  edited_at INTEGER
) STRICT;

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

CREATE TABLE "onboarding_draft" (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  -- JSON: what a list shows of it.
  summary TEXT NOT NULL,
  -- JSON: shared/onboarding/draft.ts without what stands beside it.
  body TEXT NOT NULL
) STRICT;

CREATE TABLE port (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT,
  type TEXT,
  positions INTEGER,
  rear_id TEXT REFERENCES port (id) ON DELETE SET NULL,
  rear_position INTEGER,
  ordinal INTEGER,
  comment TEXT,
  UNIQUE (device_id, role, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE port_template (
  id TEXT NOT NULL PRIMARY KEY,
  device_type_id TEXT NOT NULL REFERENCES device_type (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT,
  type TEXT,
  management INTEGER CHECK (management IN (0, 1)),
  poe TEXT,
  rear_port TEXT,
  rear_position INTEGER,
  positions INTEGER,
  power_port TEXT,
  feed_leg TEXT,
  maximum_draw INTEGER,
  allocated_draw INTEGER,
  ordinal INTEGER,
  comment TEXT,
  UNIQUE (device_type_id, role, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE power_link (
  id TEXT NOT NULL PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES power_point (id) ON DELETE CASCADE,
  input_id TEXT NOT NULL UNIQUE REFERENCES power_point (id) ON DELETE CASCADE,
  comment TEXT,
  CHECK (source_id <> input_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE power_point (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT REFERENCES device (id) ON DELETE CASCADE,
  site_id TEXT REFERENCES site (id) ON DELETE SET NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  role TEXT NOT NULL CHECK (role IN ('breaker', 'outlet', 'input')),
  type TEXT,
  feed TEXT,
  phase TEXT,
  volts INTEGER,
  amperes INTEGER,
  nameplate INTEGER,
  measured INTEGER,
  fed_by_id TEXT REFERENCES power_point (id) ON DELETE SET NULL,
  ordinal INTEGER,
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE prefix (
  id TEXT NOT NULL PRIMARY KEY,
  vlan_id TEXT REFERENCES vlan (id) ON DELETE SET NULL,
  prefix TEXT NOT NULL,
  prefix_length INTEGER NOT NULL CHECK (prefix_length BETWEEN 0 AND 128),
  start_bytes BLOB NOT NULL CHECK (length(start_bytes) = 16),
  end_bytes BLOB NOT NULL CHECK (length(end_bytes) = 16),
  comment TEXT, site_id TEXT REFERENCES site (id) ON DELETE SET NULL, gateway TEXT, gateway_bytes BLOB CHECK (length(gateway_bytes) = 16), purpose TEXT,
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
  comment TEXT, room_id TEXT REFERENCES room (id) ON DELETE SET NULL, width TEXT, depth INTEGER,
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

CREATE TABLE room (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  comment TEXT,
  UNIQUE (site_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE schedule (
  -- What it is for: refresh.
  key TEXT NOT NULL PRIMARY KEY,
  -- Of the jobs that it starts.
  kind TEXT NOT NULL,
  -- JSON, for whoever makes those jobs.
  input TEXT NOT NULL,
  -- Either of the two.
  every_minutes INTEGER,
  cron TEXT,
  enabled INTEGER NOT NULL,
  last_job TEXT,
  ran_at INTEGER,
  CHECK ((every_minutes IS NULL) <> (cron IS NULL))
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

CREATE TABLE secret (
  id TEXT NOT NULL PRIMARY KEY,
  key_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL UNIQUE,
  sealed BLOB NOT NULL,
  stored_at INTEGER NOT NULL,
  used_at INTEGER,
  -- When it was last known to be right, and to be wrong.
  worked_at INTEGER,
  failed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE secret_wrapping (
  id TEXT NOT NULL PRIMARY KEY,
  -- Of the data key; all rows have the same.
  key_id TEXT NOT NULL,
  way TEXT NOT NULL UNIQUE CHECK (way IN ('safe-storage', 'keyring', 'passphrase', 'recovery')),
  -- JSON: what the wrapping key is made of, or where it lies.
  parameters TEXT NOT NULL,
  wrapped BLOB NOT NULL,
  -- SHA-256 over the row: tells a damaged row from a wrong passphrase.
  checksum BLOB NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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
, cluster_id TEXT REFERENCES cluster (id) ON DELETE SET NULL, namespace TEXT, replicas INTEGER, cpu_request INTEGER, cpu_limit INTEGER, memory_request INTEGER, memory_limit INTEGER) STRICT, WITHOUT ROWID;

CREATE TABLE service_depends_on (
  id TEXT NOT NULL PRIMARY KEY,
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  needed_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  UNIQUE (service_id, needed_id),
  CHECK (service_id <> needed_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_exposure (
  id TEXT NOT NULL PRIMARY KEY,
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  port INTEGER,
  protocol TEXT,
  hostname TEXT,
  address_id TEXT REFERENCES ip_address (id) ON DELETE SET NULL,
  reachable_from TEXT,
  vlan_id TEXT REFERENCES vlan (id) ON DELETE SET NULL,
  comment TEXT
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

CREATE TABLE storage_pool (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  device_id TEXT REFERENCES device (id) ON DELETE SET NULL,
  cluster_id TEXT REFERENCES cluster (id) ON DELETE SET NULL,
  kind TEXT NOT NULL,
  layout TEXT,
  size_bytes INTEGER,
  used_bytes INTEGER,
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE storage_use (
  id TEXT NOT NULL PRIMARY KEY,
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  volume_id TEXT REFERENCES volume (id) ON DELETE CASCADE,
  bucket_id TEXT REFERENCES bucket (id) ON DELETE CASCADE,
  database_id TEXT REFERENCES database (id) ON DELETE CASCADE,
  comment TEXT,
  CHECK ((volume_id IS NOT NULL) + (bucket_id IS NOT NULL) + (database_id IS NOT NULL) = 1)
) STRICT, WITHOUT ROWID;

CREATE TABLE suppression (
  id TEXT NOT NULL PRIMARY KEY,
  finding TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE tagging (
  id TEXT NOT NULL PRIMARY KEY,
  -- Images of before this step do not tell it; what they are of belonged to a device.
  subject_kind TEXT NOT NULL DEFAULT 'device',
  subject_id TEXT NOT NULL,
  tag_id TEXT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  UNIQUE (subject_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE vlan (
  id TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 4094),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  purpose TEXT
, traffic TEXT, mtu INTEGER, comment TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE volume (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  pool_id TEXT REFERENCES storage_pool (id) ON DELETE SET NULL,
  device_id TEXT REFERENCES device (id) ON DELETE SET NULL,
  kind TEXT NOT NULL,
  location TEXT,
  size_bytes INTEGER,
  used_bytes INTEGER,
  comment TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX address_holder_interface ON address_holder (interface_id);

CREATE INDEX attachment_sha256 ON attachment (sha256);

CREATE INDEX bucket_service ON bucket (service_id);

CREATE INDEX bucket_volume ON bucket (volume_id);

CREATE INDEX cable_end_interface ON cable_end (interface_id) WHERE interface_id IS NOT NULL;

CREATE INDEX cable_end_port ON cable_end (port_id) WHERE port_id IS NOT NULL;

CREATE INDEX change_row ON change (row_id) WHERE operation > 0;

CREATE INDEX change_set_import ON change_set (title) WHERE source = 'import';

CREATE INDEX change_set_redoable ON change_set (seq) WHERE redoable = 1;

CREATE INDEX change_set_undoes ON change_set (undoes) WHERE undoes IS NOT NULL;

CREATE INDEX check_result_at ON check_result (at) WHERE body IS NULL;

CREATE INDEX check_result_newest ON check_result (subject_id) WHERE body IS NOT NULL;

CREATE UNIQUE INDEX check_result_of ON check_result (subject_id, check_id, part, at);

CREATE INDEX ci_runner_device ON ci_runner (device_id);

CREATE INDEX ci_runner_forge ON ci_runner (forge_id);

CREATE INDEX cluster_context_cluster ON cluster_context (cluster_id);

CREATE INDEX cluster_member_device ON cluster_member (device_id);

CREATE INDEX custom_value_field ON custom_value (field_id);

CREATE INDEX custom_value_reference ON custom_value (reference_id) WHERE reference_id IS NOT NULL;

CREATE UNIQUE INDEX database_name ON database (coalesce(service_id, ''), name);

CREATE INDEX database_service ON database (service_id);

CREATE INDEX database_volume ON database (volume_id);

CREATE INDEX device_derived_differences ON device_derived (differences) WHERE differences > 0;

CREATE INDEX device_derived_name ON device_derived (name_sort);

CREATE INDEX device_hostname ON device (hostname) WHERE hostname IS NOT NULL;

CREATE INDEX device_parent ON device (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX device_rack ON device (rack_id, position);

CREATE INDEX device_serial ON device (serial) WHERE serial IS NOT NULL;

CREATE INDEX device_site ON device (site_id);

CREATE INDEX device_type_of ON device (device_type_id);

CREATE INDEX dhcp_reservation_interface ON dhcp_reservation (interface_id);

CREATE INDEX dhcp_reservation_mac ON dhcp_reservation (mac);

CREATE INDEX dismissal_device ON dismissal (device_id) WHERE device_id IS NOT NULL;

CREATE INDEX facts_document_device ON facts_document (device_id, collected_at);

CREATE INDEX gpu_device ON gpu (device_id);

CREATE INDEX gpu_sample_at ON gpu_sample (at);

CREATE INDEX identity_value ON identity (kind, value);

CREATE INDEX interface_lag ON interface (lag_id) WHERE lag_id IS NOT NULL;

CREATE INDEX interface_parent ON interface (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX interface_vlan_vlan ON interface_vlan (vlan_id, tagged);

CREATE INDEX ip_address_bytes ON ip_address (bytes);

CREATE INDEX ip_address_text ON ip_address (address);

CREATE INDEX ip_range_server ON ip_range (server_id);

CREATE INDEX job_device_job ON job_device (job);

CREATE INDEX job_kind ON job (kind, seq);

CREATE INDEX job_log_seq ON job_log (job, seq);

CREATE INDEX job_owner ON job (owner) WHERE owner IS NOT NULL;

CREATE INDEX job_rev ON job (rev);

CREATE INDEX job_state ON job (state, seq);

CREATE INDEX mac_mac ON mac (mac);

CREATE INDEX neighbour_chassis ON neighbour (chassis_id) WHERE chassis_id IS NOT NULL;

CREATE INDEX neighbour_name ON neighbour (chassis_name) WHERE chassis_name IS NOT NULL;

CREATE INDEX note_subject ON note (subject_id, at);

CREATE INDEX onboarding_draft_changed ON onboarding_draft (changed_at);

CREATE INDEX port_rear ON port (rear_id) WHERE rear_id IS NOT NULL;

CREATE INDEX power_link_source ON power_link (source_id);

CREATE INDEX power_point_device ON power_point (device_id);

CREATE INDEX power_point_fed_by ON power_point (fed_by_id) WHERE fed_by_id IS NOT NULL;

CREATE UNIQUE INDEX power_point_name ON power_point (coalesce(device_id, ''), name);

CREATE INDEX power_point_site ON power_point (site_id);

CREATE INDEX prefix_gateway ON prefix (gateway_bytes) WHERE gateway_bytes IS NOT NULL;

CREATE INDEX prefix_site ON prefix (site_id);

CREATE INDEX prefix_vlan ON prefix (vlan_id);

CREATE INDEX proposal_listed ON proposal (state, local, area, name_sort, key);

CREATE INDEX rack_room ON rack (room_id);

CREATE INDEX reading_attempt_failed ON reading_attempt (device_id) WHERE failure IS NOT NULL;

CREATE INDEX seen_key ON seen (key, declared, device_id);

CREATE INDEX service_cluster ON service (cluster_id);

CREATE INDEX service_depends_on_needed ON service_depends_on (needed_id);

CREATE INDEX service_exposure_address ON service_exposure (address_id);

CREATE INDEX service_exposure_service ON service_exposure (service_id);

CREATE INDEX service_exposure_vlan ON service_exposure (vlan_id);

CREATE INDEX service_runs_on_device ON service_runs_on (device_id);

CREATE INDEX storage_pool_cluster ON storage_pool (cluster_id);

CREATE INDEX storage_pool_device ON storage_pool (device_id);

CREATE INDEX storage_use_bucket ON storage_use (bucket_id) WHERE bucket_id IS NOT NULL;

CREATE INDEX storage_use_database ON storage_use (database_id) WHERE database_id IS NOT NULL;

CREATE INDEX storage_use_service ON storage_use (service_id);

CREATE INDEX storage_use_volume ON storage_use (volume_id) WHERE volume_id IS NOT NULL;

CREATE INDEX tagging_tag ON tagging (tag_id);

CREATE INDEX volume_device ON volume (device_id);

CREATE INDEX volume_pool ON volume (pool_id);
