/** Decisions on differences, and an index that keeps the last interface of a device at hand. */
export const comparisonTables = /* sql */ `
-- A person keeps what is declared of a path of the comparison, as long as this is observed there;
-- NULL: nothing is.
CREATE TABLE rejection (
  id TEXT NOT NULL PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  value TEXT,
  UNIQUE (device_id, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX interface_ordinal ON interface (device_id, ordinal);

-- Names in keys are encoded since: % first, and for names with a slash only a new reading tells
-- which interface a key means.
UPDATE observation SET value = NULL, reason = 'Read the facts of this machine again.'
WHERE key = 'interfaces' AND device_id IN (
  SELECT o.device_id FROM observation o JOIN facts_document f ON f.id = o.value
  JOIN json_each(f.json, '$.sections.interfaces.data') l
  WHERE o.key = 'facts' AND instr(l.value ->> 'name', '/') > 0);
DELETE FROM observation WHERE key LIKE 'interface/%' AND device_id IN (
  SELECT device_id FROM observation WHERE key = 'interfaces' AND value IS NULL);
UPDATE observation SET key = replace(key, '%', '%25')
WHERE key LIKE 'interface/%' AND instr(key, '%') > 0;

-- What counts as a difference and which address comes first is decided anew.
INSERT INTO dirty_device (device_id, keys, facts) SELECT id, 1, 1 FROM device WHERE true
ON CONFLICT (device_id) DO UPDATE SET keys = 1, facts = 1;
`;
