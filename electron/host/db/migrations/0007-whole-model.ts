/**
 * The rest of the inventory: rooms, types, ports, cables, power, ranges, clusters, storage. Columns
 * follow shared/model/kinds; conventions are those of step 1. What may stand in half units (height,
 * position) becomes REAL, an address may belong to no interface (a virtual one), and tags and notes
 * go onto anything: `subject_id` is the id of any row, since ids are unique over all tables.
 */
export const wholeModel = /* sql */ `
CREATE TABLE room (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  comment TEXT,
  UNIQUE (site_id, name)
) STRICT, WITHOUT ROWID;

ALTER TABLE rack ADD COLUMN room_id TEXT REFERENCES room (id) ON DELETE SET NULL;
ALTER TABLE rack ADD COLUMN width TEXT;
ALTER TABLE rack ADD COLUMN depth INTEGER;
CREATE INDEX rack_room ON rack (room_id);

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

CREATE TABLE device_new (
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
  comment TEXT,
  CHECK (parent_id IS NULL OR parent_id <> id)
) STRICT;
INSERT INTO device_new (id, name, kind, status, site_id, rack_id, position, height_units, hostname,
    manufacturer, model, serial, os, kernel, architecture, cpu_model, cpu_cores, memory_bytes, ssh_host,
    ssh_port, ssh_user, ssh_identity_file, ssh_jump, comment)
  SELECT id, name, kind, status, site_id, rack_id, position, height_units, hostname,
    manufacturer, model, serial, os, kernel, architecture, cpu_model, cpu_cores, memory_bytes, ssh_host,
    ssh_port, ssh_user, ssh_identity_file, ssh_jump, comment FROM device;
DROP TABLE device;
ALTER TABLE device_new RENAME TO device;
CREATE INDEX device_site ON device (site_id);
CREATE INDEX device_rack ON device (rack_id, position);
CREATE INDEX device_type_of ON device (device_type_id);
CREATE INDEX device_parent ON device (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX device_hostname ON device (hostname) WHERE hostname IS NOT NULL;
CREATE INDEX device_serial ON device (serial) WHERE serial IS NOT NULL;

ALTER TABLE interface ADD COLUMN type TEXT;
ALTER TABLE interface ADD COLUMN label TEXT;
ALTER TABLE interface ADD COLUMN parent_id TEXT REFERENCES interface (id) ON DELETE SET NULL;
ALTER TABLE interface ADD COLUMN lag_id TEXT REFERENCES interface (id) ON DELETE SET NULL;
ALTER TABLE interface ADD COLUMN management INTEGER CHECK (management IN (0, 1));
ALTER TABLE interface ADD COLUMN disabled INTEGER CHECK (disabled IN (0, 1));
ALTER TABLE interface ADD COLUMN poe TEXT;
ALTER TABLE interface ADD COLUMN comment TEXT;
CREATE INDEX interface_parent ON interface (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX interface_lag ON interface (lag_id) WHERE lag_id IS NOT NULL;

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
CREATE INDEX port_rear ON port (rear_id) WHERE rear_id IS NOT NULL;

CREATE TABLE gpu (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  slot TEXT,
  model TEXT NOT NULL,
  memory_bytes INTEGER,
  power_limit INTEGER,
  comment TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX gpu_device ON gpu (device_id);

ALTER TABLE vlan ADD COLUMN traffic TEXT;
ALTER TABLE vlan ADD COLUMN mtu INTEGER;
ALTER TABLE vlan ADD COLUMN comment TEXT;

ALTER TABLE prefix ADD COLUMN site_id TEXT REFERENCES site (id) ON DELETE SET NULL;
ALTER TABLE prefix ADD COLUMN gateway TEXT;
ALTER TABLE prefix ADD COLUMN gateway_bytes BLOB CHECK (length(gateway_bytes) = 16);
ALTER TABLE prefix ADD COLUMN purpose TEXT;
CREATE INDEX prefix_site ON prefix (site_id);

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
CREATE INDEX ip_range_server ON ip_range (server_id);

CREATE TABLE dhcp_reservation (
  id TEXT NOT NULL PRIMARY KEY,
  address TEXT NOT NULL,
  address_bytes BLOB NOT NULL UNIQUE CHECK (length(address_bytes) = 16),
  mac TEXT NOT NULL CHECK (length(mac) = 17),
  hostname TEXT,
  interface_id TEXT REFERENCES interface (id) ON DELETE SET NULL,
  comment TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX dhcp_reservation_mac ON dhcp_reservation (mac);
CREATE INDEX dhcp_reservation_interface ON dhcp_reservation (interface_id);

CREATE TABLE ip_address_new (
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
) STRICT, WITHOUT ROWID;
INSERT INTO ip_address_new (id, interface_id, address, prefix_length, bytes, role)
  SELECT id, interface_id, address, prefix_length, bytes, role FROM ip_address;
DROP TABLE ip_address;
ALTER TABLE ip_address_new RENAME TO ip_address;
CREATE INDEX ip_address_bytes ON ip_address (bytes);
CREATE INDEX ip_address_text ON ip_address (address);

CREATE TABLE address_holder (
  id TEXT NOT NULL PRIMARY KEY,
  address_id TEXT NOT NULL REFERENCES ip_address (id) ON DELETE CASCADE,
  interface_id TEXT NOT NULL REFERENCES interface (id) ON DELETE CASCADE,
  priority INTEGER,
  UNIQUE (address_id, interface_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_holder_interface ON address_holder (interface_id);

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
CREATE INDEX cable_end_interface ON cable_end (interface_id) WHERE interface_id IS NOT NULL;
CREATE INDEX cable_end_port ON cable_end (port_id) WHERE port_id IS NOT NULL;

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
CREATE UNIQUE INDEX power_point_name ON power_point (coalesce(device_id, ''), name);
CREATE INDEX power_point_device ON power_point (device_id);
CREATE INDEX power_point_site ON power_point (site_id);
CREATE INDEX power_point_fed_by ON power_point (fed_by_id) WHERE fed_by_id IS NOT NULL;

CREATE TABLE power_link (
  id TEXT NOT NULL PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES power_point (id) ON DELETE CASCADE,
  input_id TEXT NOT NULL UNIQUE REFERENCES power_point (id) ON DELETE CASCADE,
  comment TEXT,
  CHECK (source_id <> input_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX power_link_source ON power_link (source_id);

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

CREATE TABLE cluster_member (
  id TEXT NOT NULL PRIMARY KEY,
  cluster_id TEXT NOT NULL REFERENCES cluster (id) ON DELETE CASCADE,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  UNIQUE (cluster_id, device_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_member_device ON cluster_member (device_id);

ALTER TABLE service ADD COLUMN cluster_id TEXT REFERENCES cluster (id) ON DELETE SET NULL;
ALTER TABLE service ADD COLUMN namespace TEXT;
ALTER TABLE service ADD COLUMN replicas INTEGER;
ALTER TABLE service ADD COLUMN cpu_request INTEGER;
ALTER TABLE service ADD COLUMN cpu_limit INTEGER;
ALTER TABLE service ADD COLUMN memory_request INTEGER;
ALTER TABLE service ADD COLUMN memory_limit INTEGER;
CREATE INDEX service_cluster ON service (cluster_id);

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
CREATE INDEX service_exposure_service ON service_exposure (service_id);
CREATE INDEX service_exposure_address ON service_exposure (address_id);
CREATE INDEX service_exposure_vlan ON service_exposure (vlan_id);

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
CREATE INDEX ci_runner_forge ON ci_runner (forge_id);
CREATE INDEX ci_runner_device ON ci_runner (device_id);

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
CREATE INDEX storage_pool_device ON storage_pool (device_id);
CREATE INDEX storage_pool_cluster ON storage_pool (cluster_id);

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
CREATE INDEX volume_pool ON volume (pool_id);
CREATE INDEX volume_device ON volume (device_id);

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
CREATE INDEX bucket_service ON bucket (service_id);
CREATE INDEX bucket_volume ON bucket (volume_id);

CREATE TABLE database (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE,
  service_id TEXT REFERENCES service (id) ON DELETE SET NULL,
  volume_id TEXT REFERENCES volume (id) ON DELETE SET NULL,
  engine TEXT NOT NULL,
  size_bytes INTEGER,
  comment TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX database_name ON database (coalesce(service_id, ''), name);
CREATE INDEX database_service ON database (service_id);
CREATE INDEX database_volume ON database (volume_id);

CREATE TABLE storage_use (
  id TEXT NOT NULL PRIMARY KEY,
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  volume_id TEXT REFERENCES volume (id) ON DELETE CASCADE,
  bucket_id TEXT REFERENCES bucket (id) ON DELETE CASCADE,
  database_id TEXT REFERENCES database (id) ON DELETE CASCADE,
  comment TEXT,
  CHECK ((volume_id IS NOT NULL) + (bucket_id IS NOT NULL) + (database_id IS NOT NULL) = 1)
) STRICT, WITHOUT ROWID;
CREATE INDEX storage_use_service ON storage_use (service_id);
CREATE INDEX storage_use_volume ON storage_use (volume_id) WHERE volume_id IS NOT NULL;
CREATE INDEX storage_use_bucket ON storage_use (bucket_id) WHERE bucket_id IS NOT NULL;
CREATE INDEX storage_use_database ON storage_use (database_id) WHERE database_id IS NOT NULL;
`;
