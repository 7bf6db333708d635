import { z } from 'zod';
import { planItem } from '../../jobs/plan.ts';
import { clusterAction, editedObject } from './action.ts';

/** A field that somebody else manages, and who. */
export const fieldConflict = z.object({ field: z.string(), who: z.string() });
export type FieldConflict = z.infer<typeof fieldConflict>;

/** What an action would come to, by the API's own word where it tells. */
export const actionPreview = z.object({
  title: z.string(),
  items: z.array(planItem),
  /** Of an edit: it cannot be done as long as these stand and nobody forces it. */
  conflicts: z.array(fieldConflict),
  /** How it is taken back, in words; null: it cannot be. */
  undo: z.string().nullable(),
  /** To be given back, so that nothing else is done than what was shown. */
  hash: z.string(),
});
export type ActionPreview = z.infer<typeof actionPreview>;

export const actionDone = z.object({
  says: z.string(),
  /** Takes it back; null: nothing does. */
  undo: clusterAction.nullable(),
  /** What came of it: a job, a container to look into. */
  made: z
    .object({ kind: z.string(), namespace: z.string().nullable(), name: z.string() })
    .nullable(),
});
export type ActionDone = z.infer<typeof actionDone>;

/** One version of a workload that can be gone back to. */
export const revision = z.object({
  revision: z.number().int(),
  current: z.boolean(),
  /** UTC milliseconds. */
  at: z.number().nullable(),
  images: z.array(z.string()),
  /** Why it was made, where somebody wrote it down. */
  cause: z.string().nullable(),
  /** The template of its pods. */
  template: z.string(),
});
export type Revision = z.infer<typeof revision>;

/** An object to be edited: whole but for what the cluster itself writes. */
export const editableObject = editedObject.extend({ yaml: z.string() });
export type EditableObject = z.infer<typeof editableObject>;
