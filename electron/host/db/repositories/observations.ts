import type Sqlite from 'better-sqlite3';
import { newId } from '../ids.ts';

/** One thing that a machine told. Null with a reason: it was asked and could not tell. */
export interface Observed {
  readonly key: string;
  readonly value: string | null;
  readonly reason: string | null;
}

export interface FactsDocument {
  readonly deviceId: string;
  readonly source: string;
  readonly collectedAt: number;
  readonly json: string;
}

export interface ObservationRepository {
  /** What the newest facts said; empty when there were none. */
  newest(deviceId: string): {
    readonly source: string | null;
    readonly collectedAt: number | null;
    readonly observed: readonly Observed[];
  };
  /** The whole facts as collected. */
  document(deviceId: string): FactsDocument | undefined;
  /** Whether reading it would take long. */
  isDocumentLarge(deviceId: string): boolean;
  /**
   * Makes the observations of a source equal to these; only what changed is written. When nothing
   * changed, the document is replaced in place, which leaves no trace in the history. What is
   * recorded last is the newest, whatever its clock says: facts from another source go.
   */
  record(document: FactsDocument, observed: readonly Observed[]): void;
}

/** Facts are large; older ones than these are only wanted by an undo far back. */
const documentsKept = 10;
/** Some milliseconds to parse and check. */
const largeBytes = 200_000;

export function createObservationRepository(sqlite: Sqlite.Database): ObservationRepository {
  const run = observationStatements(sqlite);

  const pointTo = (document: FactsDocument, changed: boolean): void => {
    const { deviceId, source, collectedAt } = document;
    const current = run.pointer.get(deviceId, source)?.value ?? null;
    if (current !== null && !changed) {
      if (run.refreshDocument.run(collectedAt, document.json, current).changes === 1) {
        run.touch.run(collectedAt, deviceId);
        return;
      }
    }
    const id = newId();
    run.addDocument.run({ ...document, id });
    run.put.run({ ...pointer(id), id: newId(), deviceId, source, at: collectedAt });
    run.prune.run(deviceId, id, deviceId, documentsKept);
  };

  return {
    newest(deviceId) {
      const head = run.head.get(deviceId);
      if (head === undefined) return { source: null, collectedAt: null, observed: [] };
      return { ...head, observed: run.ofSource.all(deviceId, head.source) };
    },
    document: (deviceId) => run.document.get(deviceId),
    isDocumentLarge: (deviceId) => (run.documentBytes.get(deviceId) ?? 0) > largeBytes,
    record(document, observed) {
      const { deviceId, source, collectedAt } = document;
      const before = new Map(run.ofSource.all(deviceId, source).map((o) => [o.key, o]));
      let changed = false;
      for (const now of observed) {
        const known = before.get(now.key);
        before.delete(now.key);
        if (known?.value === now.value && known.reason === now.reason) continue;
        run.put.run({ ...now, id: newId(), deviceId, source, at: collectedAt });
        changed = true;
      }
      for (const key of before.keys()) {
        run.drop.run(deviceId, source, key);
        changed = true;
      }
      run.dropOthers.run({ deviceId, source });
      pointTo(document, changed);
    },
  };
}

/** The observation that names the facts document; it is not compared with anything. */
const pointerKey = 'facts';
const pointer = (id: string): Observed => ({ key: pointerKey, value: id, reason: null });

function observationStatements(sqlite: Sqlite.Database) {
  return {
    head: sqlite.prepare<[string], { source: string; collectedAt: number }>(
      `SELECT f.source, f.collected_at AS collectedAt
       FROM observation o JOIN facts_document f ON f.id = o.value
       WHERE o.device_id = ? AND o.key = '${pointerKey}' ORDER BY f.collected_at DESC LIMIT 1`,
    ),
    documentBytes: sqlite
      .prepare<[string], number>(
        `SELECT octet_length(f.json) FROM observation o JOIN facts_document f ON f.id = o.value
         WHERE o.device_id = ? AND o.key = '${pointerKey}' ORDER BY f.collected_at DESC LIMIT 1`,
      )
      .pluck(),
    document: sqlite.prepare<[string], FactsDocument>(
      `SELECT f.device_id AS deviceId, f.source, f.collected_at AS collectedAt, f.json
       FROM observation o JOIN facts_document f ON f.id = o.value
       WHERE o.device_id = ? AND o.key = '${pointerKey}' ORDER BY f.collected_at DESC LIMIT 1`,
    ),
    ofSource: sqlite.prepare<[string, string], Observed>(
      `SELECT key, value, reason FROM observation
       WHERE device_id = ? AND source = ? AND key <> '${pointerKey}'`,
    ),
    pointer: sqlite.prepare<[string, string], { value: string }>(
      `SELECT value FROM observation WHERE device_id = ? AND source = ? AND key = '${pointerKey}'`,
    ),
    put: sqlite.prepare<[Observed & { id: string; deviceId: string; source: string; at: number }]>(
      `INSERT INTO observation (id, device_id, source, key, value, reason, seen_at)
       VALUES (@id, @deviceId, @source, @key, @value, @reason, @at)
       ON CONFLICT (device_id, source, key) DO UPDATE SET
         value = excluded.value, reason = excluded.reason, seen_at = excluded.seen_at`,
    ),
    drop: sqlite.prepare<[string, string, string]>(
      'DELETE FROM observation WHERE device_id = ? AND source = ? AND key = ?',
    ),
    dropOthers: sqlite.prepare<[{ deviceId: string; source: string }]>(
      `DELETE FROM observation WHERE device_id = @deviceId AND source <> @source
       AND source IN (SELECT source FROM observation
                      WHERE device_id = @deviceId AND key = '${pointerKey}')`,
    ),
    addDocument: sqlite.prepare<[FactsDocument & { readonly id: string }]>(
      `INSERT INTO facts_document (id, device_id, source, collected_at, json)
       VALUES (@id, @deviceId, @source, @collectedAt, @json)`,
    ),
    refreshDocument: sqlite.prepare<[number, string, string]>(
      'UPDATE facts_document SET collected_at = ?, json = ? WHERE id = ?',
    ),
    touch: sqlite.prepare<[number, string]>(
      'UPDATE device_derived SET observed_at = ? WHERE device_id = ?',
    ),
    prune: sqlite.prepare<[string, string, string, number]>(
      `DELETE FROM facts_document WHERE device_id = ? AND id <> ? AND id NOT IN (
         SELECT id FROM facts_document WHERE device_id = ? ORDER BY collected_at DESC LIMIT ?)`,
    ),
  };
}
