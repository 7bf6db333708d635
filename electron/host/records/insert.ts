import type { Kind } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { type Database, newId } from '../db/index.ts';
import { explainConstraint } from './constraints.ts';
import { checkRules, completed } from './rules.ts';

/**
 * For domains that write several things in one change set: adds a row as adding by hand does, with what
 * follows from its values and all rules. Values are canonical; returns the id. Throws what `create` throws.
 */
export function insertRecord(db: Database, kind: Kind, values: Values): string {
  const id = newId();
  try {
    db.tables.records.insert(kind, id, completed(db, kind, values));
    checkRules(db, kind, id);
  } catch (error) {
    throw explainConstraint(kind, error);
  }
  return id;
}
