import { z } from 'zod';
import { id, timestamp } from './inventory.ts';

export const changeSet = z.object({
  id,
  at: timestamp,
  /** Login name of the person at the computer that made the change. */
  who: z.string(),
  /** One line in the past tense of the person's action: `Accepted 4 facts of pi-1`. */
  title: z.string(),
  source: z.enum(['app', 'cli', 'import', 'facts', 'undo', 'redo']),
  changeCount: z.number().int(),
  /** Set on a change set that took another back or brought it back. */
  undoes: id.nullable(),
  /** `done`, `undone` (a redo may bring it back). Undo and redo sets themselves stay `done`. */
  state: z.enum(['done', 'undone']),
});
export type ChangeSet = z.infer<typeof changeSet>;

export const change = z.object({
  table: z.string(),
  rowId: z.string(),
  operation: z.enum(['insert', 'update', 'delete']),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type Change = z.infer<typeof change>;

/** What the undo and redo commands would do next; null: nothing. */
export const historyState = z.object({ undo: changeSet.nullable(), redo: changeSet.nullable() });
export type HistoryState = z.infer<typeof historyState>;
