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
  /** Set on a change set that took another back (undo, revert) or brought it back (redo). */
  undoes: id.nullable(),
  /** `done`, `undone` (a redo may bring it back). Undo and redo sets themselves stay `done`. */
  state: z.enum(['done', 'undone']),
  /** Why, where the person said so. */
  reason: z.string().nullable(),
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

/** What the history is narrowed to; all of it must hold. */
export const historyFilter = z.object({
  /** A device, rack, site, service or VLAN, there or deleted. */
  thing: id.nullable().default(null),
  who: z.string().max(200).nullable().default(null),
  source: changeSet.shape.source.nullable().default(null),
  /** Words of the title. */
  text: z.string().max(200).default(''),
});
export type HistoryFilter = z.infer<typeof historyFilter>;

/** A change set as a list shows it. */
export const historyEntry = changeSet.extend({
  /** The first few of its changes, evidence left out. */
  preview: z.array(change),
  /** Another change set took it back since, and was not taken back itself. */
  reverted: z.boolean(),
  /** Whether `revert` may be tried: an edit of a person that still holds. */
  revertible: z.boolean(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

/** A page of the history, newest first. */
export const historyPage = z.object({
  entries: z.array(historyEntry),
  /** What the rows in the previews, and those that they refer to, are called; by id. */
  names: z.record(z.string(), z.string()),
});
export type HistoryPage = z.infer<typeof historyPage>;

/** A later change that stands in the way of taking one back. */
export const standingChange = z.object({
  id,
  title: z.string(),
  at: timestamp,
  who: z.string(),
});
export type StandingChange = z.infer<typeof standingChange>;

/** What the undo and redo commands would do next; null: nothing. */
export const historyState = z.object({ undo: changeSet.nullable(), redo: changeSet.nullable() });
export type HistoryState = z.infer<typeof historyState>;

/** Changes from which on a person is asked why; they may leave it open. */
export const reasonFrom = 20;
export const reasonText = z.string().trim().max(500);

/** A time, or right after a change set. */
export const moment = z.union([
  z.strictObject({ at: timestamp }),
  z.strictObject({ changeSet: id }),
]);
export type Moment = z.infer<typeof moment>;

/** A thing as it was, beside how it is. */
export const pastThing = z.object({
  /** Whether it was there. */
  there: z.boolean(),
  name: z.string(),
  /** Its own columns then; null where it was not there. */
  row: z.record(z.string(), z.unknown()).nullable(),
  /** What belonged to it then, by table. */
  parts: z.array(
    z.object({ table: z.string(), count: z.number().int(), names: z.array(z.string()) }),
  ),
  /** What was done since, as one step from then to now; the first of them. */
  changes: z.array(change),
  total: z.number().int(),
  /** What the rows are called, by id. */
  names: z.record(z.string(), z.string()),
});
export type PastThing = z.infer<typeof pastThing>;

/** What a restore does or did. */
export const restored = z.object({
  /** From now to then; the first of them, of each table some. */
  changes: z.array(change),
  total: z.number().int(),
  /** All of them, by table. */
  counts: z.array(
    z.object({
      table: z.string(),
      insert: z.number().int(),
      update: z.number().int(),
      delete: z.number().int(),
    }),
  ),
  names: z.record(z.string(), z.string()),
  /** Rows that cannot be put back, and why; the first of them. */
  conflicts: z.array(z.object({ table: z.string(), rowId: z.string(), reason: z.string() })),
  /** The newest change set when it was worked out; `expect` of the restore. Null: there is none. */
  newest: id.nullable(),
  /** Null for a preview, and where nothing was to be done. */
  changeSet: changeSet.nullable(),
});
export type Restored = z.infer<typeof restored>;
