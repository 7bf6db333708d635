/** Keep what LLDP told beside the facts documents that it stands in; see migrations/0008-networks.ts. */
export function neighbourTriggers(): readonly string[] {
  // Most documents have none, and are not parsed once more.
  const tells = `instr(NEW.json, '"chassisName":') > 0`;
  const take = 'INSERT INTO neighbour SELECT * FROM told_neighbour WHERE facts_id = NEW.id';
  const drop = 'DELETE FROM neighbour WHERE facts_id = OLD.id';
  return [
    `CREATE TRIGGER neighbour_insert AFTER INSERT ON facts_document WHEN ${tells}
BEGIN
  ${take};
END`,
    `CREATE TRIGGER neighbour_update AFTER UPDATE OF json ON facts_document
BEGIN
  ${drop};
  ${take} AND ${tells};
END`,
    `CREATE TRIGGER neighbour_delete AFTER DELETE ON facts_document
BEGIN
  ${drop};
END`,
  ];
}
