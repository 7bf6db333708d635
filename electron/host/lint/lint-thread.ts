import { openDatabase } from '../db/index.ts';
import { serveThread } from '../worker/index.ts';
import type { LintAsks, LintPlace } from './lint-asks.ts';
import { createLintEngine, type LintEngine } from './lint-engine.ts';

let kept: { stamp: string; engine: LintEngine } | undefined;

/** The inventory is read once for all questions between two changes of it. */
function engineAt({ dataDirectory, beside, stamp }: LintPlace): LintEngine {
  if (kept?.stamp === stamp) return kept.engine;
  const database = openDatabase({ dataDirectory, beside });
  try {
    const engine = createLintEngine(database);
    kept = { stamp, engine };
    return engine;
  } finally {
    database.close();
  }
}

serveThread<LintAsks>({
  list: ({ place, query }) => engineAt(place).list(query),
  of: ({ place, ids }) => engineAt(place).of(ids),
  preview: ({ place, draft }) => engineAt(place).preview(draft),
});
