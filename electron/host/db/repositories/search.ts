import type Sqlite from 'better-sqlite3';
import type { SearchHit } from '../../../../shared/model/inventory.ts';
import { looksLikeAddress, matchExpression } from '../search-text.ts';

export interface SearchRepository {
  /** Things that match every word, best first; names weigh more than the rest. */
  find(text: string, limit: number): SearchHit[];
}

/** `LIMIT ? + 0`: SQLite prepares a statement anew at each binding of a plain `LIMIT ?` (STAT4). */
export function createSearchRepository(sqlite: Sqlite.Database): SearchRepository {
  const documents = sqlite.prepare<[string, number], SearchHit>(
    `WITH hit AS MATERIALIZED (
       SELECT rowid AS doc, bm25(search_index, 10.0, 1.0) AS rank FROM search_index
       WHERE search_index MATCH ? ORDER BY 2 LIMIT ? + 0
     )
     SELECT sd.kind, sd.id, sd.id AS targetId,
       coalesce(d.name, s.name, v.name, r.name, p.name) AS title,
       CASE sd.kind
         WHEN 'device' THEN concat_ws(' · ', d.model, x.primary_address, dr.name)
         WHEN 'service' THEN s.kind
         WHEN 'vlan' THEN concat_ws(' · ', 'VLAN ' || v.number, v.purpose)
         WHEN 'rack' THEN concat_ws(' · ', r.height_units || ' units', rs.name)
         ELSE coalesce(p.comment, '') END AS subtitle,
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
     ORDER BY hit.rank, title`,
  );
  const addresses = sqlite.prepare<[string, string, number], SearchHit>(
    `SELECT 'address' AS kind, a.id, d.id AS targetId,
       a.address || '/' || a.prefix_length AS title, d.name || ' · ' || i.name AS subtitle,
       d.kind AS deviceKind
     FROM ip_address a JOIN interface i ON i.id = a.interface_id JOIN device d ON d.id = i.device_id
     WHERE a.address >= ? AND a.address < ? ORDER BY a.bytes LIMIT ? + 0`,
  );
  return {
    find(text, limit) {
      const match = matchExpression(text);
      if (match === undefined) return [];
      // The address itself is what was typed: it comes before the machines that carry it.
      const start = text.trim().toLowerCase();
      const hits = looksLikeAddress(start) ? addresses.all(start, `${start}\u{10ffff}`, limit) : [];
      const left = limit - hits.length;
      return left > 0 ? [...hits, ...documents.all(match, left)] : hits;
    },
  };
}
