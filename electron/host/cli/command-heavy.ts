import path from 'node:path';
import { createAnnotations } from '../annotations/index.ts';
import type { Database } from '../db/index.ts';
import { createHeavyWork, type HeavyWork } from '../heavy-work.ts';
import type { Inventory } from '../inventory/index.ts';
import { createProposals } from '../proposals/index.ts';

/**
 * The heavy thread for one command, which closes it: meanwhile Ctrl-C and the signs of life for locks on
 * machines have their turn.
 */
export function openHeavyWork(database: Database, inventory: Inventory): HeavyWork {
  return createHeavyWork({
    database,
    inventory,
    annotations: createAnnotations(database),
    proposals: createProposals(database),
    dataDirectory: path.dirname(database.file),
  });
}
