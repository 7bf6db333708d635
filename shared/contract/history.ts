import { z } from 'zod';
import {
  change,
  changeSet,
  historyFilter,
  historyPage,
  historyState,
  moment,
  pastThing,
  reasonText,
  restored,
} from '../model/history.ts';
import { id } from '../model/inventory.ts';
import { procedure } from './base.ts';

/**
 * `expect`: id of the change set that was shown as the next to undo or redo, as `state` has it. When
 * another one is next by now, nothing is done and CHANGED_SINCE is thrown. Left out: whichever is next.
 */
const move = z.object({ expect: id.optional() }).optional();

export const history = {
  /** Newest first. `before` is the id of the last one of the page before. */
  list: procedure
    .input(
      z.object({
        before: id.nullable().default(null),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(changeSet)),
  /** The same for people: narrowed, with the first changes of each and the names in them. */
  page: procedure
    .input(
      historyFilter.extend({
        before: id.nullable().default(null),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(historyPage),
  /** Who ever changed something, the busiest first. */
  people: procedure.output(z.array(z.object({ who: z.string(), changeSets: z.number().int() }))),
  /** What a thing is called, or was when it was deleted; null: the history knows nothing of it. */
  thing: procedure
    .input(z.object({ id }))
    .output(z.object({ table: z.string(), name: z.string(), there: z.boolean() }).nullable()),
  changes: procedure
    .input(z.object({ id, limit: z.number().int().min(1).max(1000).default(200) }))
    .output(
      z.object({
        changeSet,
        changes: z.array(change),
        /** What the rows in these changes, and those that they refer to, are called; by id. */
        names: z.record(z.string(), z.string()),
        total: z.number().int(),
      }),
    ),
  state: procedure.output(historyState),
  /** Takes back the newest change set that is not taken back; fails with UNDO_CONFLICT. */
  undo: procedure.input(move).output(changeSet),
  redo: procedure.input(move).output(changeSet),
  /**
   * Takes one change set back, wherever it stands, as a new edit that undo takes back. Fails with
   * UNDO_CONFLICT, whose data names the later changes that stand on it; then nothing is changed.
   */
  revert: procedure.input(z.object({ id })).output(changeSet),
  /** Keeps why a change was made; empty takes it away. */
  setReason: procedure.input(z.object({ id, reason: reasonText })).output(changeSet),
  /** A thing and what belonged to it at a moment, and what was done since. Reads only. */
  thingAt: procedure.input(z.object({ id, at: moment })).output(pastThing),
  /**
   * Makes one thing, or the whole inventory (`thing` null), what it was at a moment, as one change
   * set; what cannot be put back is left as it is and told. `dryRun` says what it would do.
   * `expect`: `newest` of that; CHANGED_SINCE where something was changed since.
   */
  restore: procedure
    .input(
      z.object({
        to: moment,
        thing: id.nullable(),
        dryRun: z.boolean().default(false),
        reason: reasonText.nullable().default(null),
        expect: id.optional(),
      }),
    )
    .output(restored),
};
