import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';

interface Asked {
  readonly limit: number;
  readonly by?: string;
}

/** The rows of a kind that hold just these values, and how many there are in all. */
export function rowsWith(db: Database, kind: KindName, values: Values, { limit, by }: Asked) {
  return db.tables.records.list(kindOf(kind), {
    words: [],
    where: Object.entries(values).map(([field, value]) => ({ field, value })),
    sort: { field: by ?? null, descending: false },
    offset: 0,
    limit,
  });
}

export const countWith = (db: Database, kind: KindName, values: Values): number =>
  rowsWith(db, kind, values, { limit: 1 }).total;
