/** Who a machine says hangs on its ports, beside its facts; and indexes for the plan of the networks. */
export const networks = /* sql */ `
-- What LLDP told, taken from the facts document that it stands in, so that the machines on a switch are
-- found without reading the facts of all of them. Only a document that an observation names counts.
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
CREATE INDEX neighbour_name ON neighbour (chassis_name) WHERE chassis_name IS NOT NULL;
CREATE INDEX neighbour_chassis ON neighbour (chassis_id) WHERE chassis_id IS NOT NULL;

CREATE VIEW told_neighbour AS
  SELECT f.id AS facts_id, n.key AS ordinal, n.value ->> 'interface' AS interface,
    n.value ->> 'chassisName' AS chassis_name, n.value ->> 'chassisId' AS chassis_id,
    n.value ->> 'portId' AS port_id, n.value ->> 'portDescription' AS port_description,
    n.value ->> 'pvid' AS pvid
  FROM facts_document f
  JOIN json_each(iif(json_valid(f.json), f.json, '{}'), '$.sections.lldp.data') n
  WHERE n.value ->> 'interface' IS NOT NULL;

INSERT INTO neighbour SELECT * FROM told_neighbour;

-- How many ports are untagged and tagged in a VLAN is counted from the index alone.
DROP INDEX interface_vlan_vlan;
CREATE INDEX interface_vlan_vlan ON interface_vlan (vlan_id, tagged, interface_id);
CREATE INDEX prefix_gateway ON prefix (gateway_bytes) WHERE gateway_bytes IS NOT NULL;
`;
