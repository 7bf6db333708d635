import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { objectName, objectPage } from '../../cluster/object-page.ts';
import { clusterColumn } from '../../cluster/row.ts';
import { kindStanding } from '../../cluster/standing.ts';
import { tableEvent, tableQuery, tableWindow } from '../../cluster/table.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

/** Which cluster: the id of a saved context. */
const context = z.object({ contextId: id });

const listedKind = z.object({
  id: z.string(),
  title: z.string(),
  one: z.string(),
  group: z.string(),
  namespaced: z.boolean(),
  /** One that only this cluster knows. */
  custom: z.boolean(),
  columns: z.array(clusterColumn).readonly(),
  /** Of what is being watched; null where nobody looks. */
  held: z.number().int().nullable(),
  standing: kindStanding.nullable(),
});

/** The cluster as it is, read and watched by the host only while somebody looks. */
export const live = {
  /** What the cluster has, ours first, then its own by name. */
  kinds: procedure.input(context).output(z.object({ kinds: z.array(listedKind) })),
  /** Opens the watch of that kind where there is none yet, and answers with what is held by then. */
  list: procedure.input(context.extend(tableQuery.shape)).output(tableWindow),
  /** The same window, and what changes in it until the caller leaves; at most ten times a second. */
  follow: procedure.input(context.extend(tableQuery.shape)).output(eventIterator(tableEvent)),
  object: procedure.input(context.extend(objectName.shape)).output(objectPage),
  /** The page again each time that something on it changed; at most twice a second. */
  followObject: procedure.input(context.extend(objectName.shape)).output(eventIterator(objectPage)),
  /** One value of a secret or a config map, because a person asked for it by name. */
  reveal: procedure
    .input(context.extend(objectName.shape).extend({ key: z.string().min(1).max(253) }))
    .output(
      z.object({
        /** Null: bytes that are no text. */
        text: z.string().nullable(),
        base64: z.string(),
      }),
    ),
};
