/**
 * The tables with most rows as ordinary ones: the second and third index of a WITHOUT ROWID table each
 * carry the whole id of the row, 36 letters that an ordinary one keeps once. That is a seventh of a
 * large inventory.
 */
export const leanerRows = /* sql */ `
CREATE TABLE interface_new (
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
INSERT INTO interface_new SELECT * FROM interface ORDER BY id;
DROP TABLE interface;
ALTER TABLE interface_new RENAME TO interface;
CREATE INDEX interface_parent ON interface (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX interface_lag ON interface (lag_id) WHERE lag_id IS NOT NULL;

CREATE TABLE mac_new (
  id TEXT NOT NULL PRIMARY KEY,
  interface_id TEXT NOT NULL REFERENCES interface (id) ON DELETE CASCADE,
  mac TEXT NOT NULL CHECK (length(mac) = 17),
  UNIQUE (interface_id, mac)
) STRICT;
INSERT INTO mac_new SELECT * FROM mac ORDER BY id;
DROP TABLE mac;
ALTER TABLE mac_new RENAME TO mac;
CREATE INDEX mac_mac ON mac (mac);

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
) STRICT;
INSERT INTO ip_address_new SELECT * FROM ip_address ORDER BY id;
DROP TABLE ip_address;
ALTER TABLE ip_address_new RENAME TO ip_address;
CREATE INDEX ip_address_bytes ON ip_address (bytes);
CREATE INDEX ip_address_text ON ip_address (address);

CREATE TABLE interface_vlan_new (
  id TEXT NOT NULL PRIMARY KEY,
  interface_id TEXT NOT NULL REFERENCES interface (id) ON DELETE CASCADE,
  vlan_id TEXT NOT NULL REFERENCES vlan (id) ON DELETE CASCADE,
  tagged INTEGER NOT NULL CHECK (tagged IN (0, 1)),
  UNIQUE (interface_id, vlan_id)
) STRICT;
INSERT INTO interface_vlan_new SELECT * FROM interface_vlan ORDER BY id;
DROP TABLE interface_vlan;
ALTER TABLE interface_vlan_new RENAME TO interface_vlan;
-- Enough to count how many ports are untagged and tagged in a VLAN.
CREATE INDEX interface_vlan_vlan ON interface_vlan (vlan_id, tagged);

CREATE TABLE device_tag_new (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  tag_id TEXT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  UNIQUE (device_id, tag_id)
) STRICT;
INSERT INTO device_tag_new SELECT * FROM device_tag ORDER BY id;
DROP TABLE device_tag;
ALTER TABLE device_tag_new RENAME TO device_tag;
CREATE INDEX device_tag_tag ON device_tag (tag_id);

-- Only a device whose facts were read has to be looked through.
DELETE FROM stale_seen WHERE device_id NOT IN (SELECT device_id FROM facts_document);
`;
