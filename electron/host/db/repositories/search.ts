import type Sqlite from 'better-sqlite3';
import { kinds } from '../../../../shared/model/kinds/index.ts';
import type { SearchHit, SearchResult } from '../../../../shared/model/search.ts';
import { kindOf, type SearchKind } from '../kind-words.ts';
import { looksLikeAddress, matchExpression, matchTitle } from '../search-text.ts';
import { nameExpression } from './record-columns.ts';

export interface SearchRepository {
  /**
   * Things that match every word, best first: what is called exactly so; all of the kind that the
   * text is a word for; addresses; what its name begins with; what its name holds; the rest.
   * `total` counts what matches, shown or not.
   */
  find(text: string, limit: number): SearchResult;
}

const others = kinds.filter(
  ({ name }) => !['device', 'service', 'vlan', 'rack', 'site'].includes(name),
);
const otherNames = others
  .map((kind) => {
    const { name, table } = kind;
    return `WHEN '${name}' THEN (SELECT ${nameExpression(kind)} FROM "${table}" x WHERE x.id = sd.id)`;
  })
  .join(' ');
/** What it is, since its name does not say so. */
const otherLabels = others.map(({ name, label }) => `WHEN '${name}' THEN '${label}'`).join(' ');

/** Draws the documents of `hit`, which has doc and rank. */
const described = (hit: string) => `WITH hit AS MATERIALIZED (${hit})
  SELECT sd.kind, sd.id, sd.id AS targetId,
    coalesce(d.name, s.name, v.name, r.name, p.name, CASE sd.kind ${otherNames} END, '') AS title,
    CASE sd.kind
      WHEN 'device' THEN concat_ws(' · ', d.model, x.primary_address, dr.name)
      WHEN 'service' THEN s.kind
      WHEN 'vlan' THEN concat_ws(' · ', 'VLAN ' || v.number, v.purpose)
      WHEN 'rack' THEN concat_ws(' · ', r.height_units || ' units', rs.name)
      WHEN 'site' THEN coalesce(p.comment, '')
      ELSE CASE sd.kind ${otherLabels} END END AS subtitle,
    d.kind AS deviceKind
  FROM hit JOIN search_document sd ON sd.doc = hit.doc
  LEFT JOIN device d ON sd.kind = 'device' AND d.id = sd.id
  LEFT JOIN device_derived x ON x.device_id = d.id
  LEFT JOIN rack dr ON dr.id = d.rack_id
  LEFT JOIN service s ON sd.kind = 'service' AND s.id = sd.id
  LEFT JOIN vlan v ON sd.kind = 'vlan' AND v.id = sd.id
  LEFT JOIN rack r ON sd.kind = 'rack' AND r.id = sd.id
  LEFT JOIN site rs ON rs.id = r.site_id
  LEFT JOIN site p ON sd.kind = 'site' AND p.id = sd.id
  ORDER BY hit.rank, natural_key(title)`;

const ofDeviceKind = `SELECT x.doc FROM device d JOIN device_derived x ON x.device_id = d.id
  WHERE d.kind = ?`;
const ofTable = 'SELECT doc FROM search_document WHERE kind = ?';
const found = 'SELECT rowid AS doc FROM search_index WHERE search_index MATCH ?';

/** `LIMIT ? + 0`: SQLite prepares a statement anew at each binding of a plain `LIMIT ?` (STAT4). */
export function createSearchRepository(
  sqlite: Sqlite.Database,
  beforeSearch: () => void,
): SearchRepository {
  const ranked = sqlite.prepare<[string, number], SearchHit>(
    described(`SELECT rowid AS doc, bm25(search_index, 10.0, 1.0) AS rank FROM search_index
       WHERE search_index MATCH ? ORDER BY 2 LIMIT ? + 0`),
  );
  const named = sqlite.prepare<[{ readonly name: string; readonly limit: number }], SearchHit>(
    described(`SELECT doc, 0 AS rank FROM search_document sd WHERE (sd.kind, sd.id) IN (
       SELECT 'device', id FROM device WHERE name = @name
       UNION ALL SELECT 'service', id FROM service WHERE name = @name
       UNION ALL SELECT 'rack', id FROM rack WHERE name = @name
       UNION ALL SELECT 'vlan', id FROM vlan WHERE name = @name OR number = @name
         OR 'vlan ' || number = lower(@name)
       UNION ALL SELECT 'site', id FROM site WHERE name = @name) LIMIT @limit + 0`),
  );
  const devices = kindStatements(sqlite, ofDeviceKind);
  const tables = kindStatements(sqlite, ofTable);
  const count = sqlite.prepare<[string], number>(`SELECT count(*) FROM (${found})`).pluck();
  const addresses = addressStatements(sqlite);

  const interfaces = sqlite.prepare<[string, string, string, number], SearchHit>(
    `SELECT 'interface' AS kind, i.id, i.id AS targetId, d.name || ' ' || i.name AS title,
       'Interface' AS subtitle, d.kind AS deviceKind
     FROM device d JOIN interface i ON i.device_id = d.id
     WHERE d.name = ? AND i.name >= ? AND i.name < ? ORDER BY natural_key(i.name) LIMIT ? + 0`,
  );
  /** `pi-1 eth`: alone their names say nothing, since every device has an eth0. */
  function interfacesNamed(typed: string, left: number): SearchHit[] {
    const [, device, name] = /^(.*\S)\s+(\S+)$/.exec(typed) ?? [];
    if (device === undefined || name === undefined) return [];
    return interfaces.all(device, name, `${name}\u{10ffff}`, left);
  }

  const ofKind = (kind: SearchKind) =>
    'device' in kind
      ? { statements: devices, key: kind.device }
      : { statements: tables, key: kind.table };

  return {
    find(text, limit) {
      const match = matchExpression(text);
      if (match === undefined) return { hits: [], total: 0 };
      beforeSearch();
      const typed = text.trim();
      const kind = kindOf(typed);
      const asked = kind === undefined ? undefined : ofKind(kind);
      const range = looksLikeAddress(typed.toLowerCase()) ? rangeOf(typed) : undefined;
      const tiers: readonly ((left: number) => SearchHit[])[] = [
        (left) => named.all({ name: typed, limit: left }),
        (left) => asked?.statements.all.all(asked.key, left) ?? [],
        // The address itself is what was typed: it comes before the machines that carry it.
        (left) => (range === undefined ? [] : addresses.all.all(...range, left)),
        (left) => interfacesNamed(typed, left),
        (left) => ranked.all(matchTitle(text, { first: true }), left),
        (left) => ranked.all(matchTitle(text, { first: false }), left),
        (left) => ranked.all(match, left),
      ];
      const documents = asked?.statements.total.get(match, asked.key) ?? count.get(match) ?? 0;
      const inAddresses = range === undefined ? 0 : (addresses.total.get(...range) ?? 0);
      const hits = firstOf(tiers, limit);
      return { hits, total: Math.max(documents + inAddresses, hits.length) };
    },
  };
}

function kindStatements(sqlite: Sqlite.Database, ofKind: string) {
  return {
    all: sqlite.prepare<[string, number], SearchHit>(
      described(`SELECT doc, 0 AS rank FROM (${ofKind}) LIMIT ? + 0`),
    ),
    total: sqlite
      .prepare<[string, string], number>(`SELECT count(*) FROM (${found} UNION ${ofKind})`)
      .pluck(),
  };
}

function addressStatements(sqlite: Sqlite.Database) {
  return {
    all: sqlite.prepare<[string, string, number], SearchHit>(
      `SELECT 'address' AS kind, a.id, coalesce(d.id, a.id) AS targetId,
         a.address || '/' || a.prefix_length AS title,
         coalesce(d.name || ' · ' || i.name, 'On no interface') AS subtitle,
         d.kind AS deviceKind
       FROM ip_address a LEFT JOIN interface i ON i.id = a.interface_id
       LEFT JOIN device d ON d.id = i.device_id
       WHERE a.address >= ? AND a.address < ? ORDER BY a.bytes LIMIT ? + 0`,
    ),
    total: sqlite
      .prepare<[string, string], number>(
        'SELECT count(*) FROM ip_address WHERE address >= ? AND address < ?',
      )
      .pluck(),
  };
}

function rangeOf(typed: string): [string, string] {
  const start = typed.toLowerCase();
  return [start, `${start}\u{10ffff}`];
}

/** What several questions found, each thing once, until there are enough. */
function firstOf(tiers: readonly ((left: number) => SearchHit[])[], limit: number): SearchHit[] {
  const hits = new Map<string, SearchHit>();
  for (const tier of tiers) {
    if (hits.size >= limit) break;
    // As many as are wanted in all: the best of this question may be there already.
    for (const hit of tier(limit)) {
      if (hits.size >= limit) break;
      const key = `${hit.kind} ${hit.id}`;
      if (!hits.has(key)) hits.set(key, hit);
    }
  }
  return [...hits.values()];
}
