import { z } from 'zod';
import { shownCondition } from './condition.ts';
import { clusterColumn, clusterRow } from './row.ts';
import { kindStanding } from './standing.ts';
import { clusterStatus } from './status.ts';

/** Names one object of a cluster. */
export const objectName = z.object({
  kind: z.string().min(1).max(320),
  namespace: z.string().max(253).nullable(),
  name: z.string().min(1).max(253),
});
export type ObjectName = z.infer<typeof objectName>;

export const relatedObject = z.object({
  kind: z.string(),
  /** `pod`, `volume claim`. */
  one: z.string(),
  namespace: z.string().nullable(),
  name: z.string(),
  /** `missing`: it is named, and there is none; `unknown`: that kind is not held. */
  presence: z.enum(['there', 'missing', 'unknown']),
  status: clusterStatus.nullable(),
});
export type RelatedObject = z.infer<typeof relatedObject>;

export const shownContainer = z.object({
  name: z.string(),
  image: z.string(),
  role: z.enum(['main', 'init', 'sidecar']),
  status: clusterStatus,
  ready: z.boolean(),
  restarts: z.number().int(),
});

/** A key of a config map or a secret: never its value. */
export const shownKey = z.object({ key: z.string(), bytes: z.number().int() });

/** Everything that a page shows of one object. Lists are bounded; `…Total` says how many there are. */
export const objectPage = z.object({
  kind: z.string(),
  one: z.string(),
  row: clusterRow,
  columns: z.array(clusterColumn).readonly(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  conditions: z.array(shownCondition),
  containers: z.array(shownContainer),
  keys: z.array(shownKey),
  /** From what made it up to what made that. */
  owners: z.array(relatedObject),
  /** What it made, the nearest first. */
  owned: z.array(relatedObject),
  ownedTotal: z.number().int(),
  /** What it names, what names it, what it picks and what picks it. */
  related: z.array(relatedObject),
  relatedTotal: z.number().int(),
  /** Newest first. */
  events: z.array(clusterRow),
  /** Null where events may not be read. */
  eventsTotal: z.number().int().nullable(),
  /** Whole but for `managedFields`, and without the values of a secret; null where it is not held. */
  yaml: z.string().nullable(),
  /** Of the YAML a part is left out, for it is very large. */
  yamlCut: z.boolean(),
  standing: kindStanding,
  /** It was deleted; this is how it stood last. */
  gone: z.boolean(),
  revision: z.number().int(),
});
export type ObjectPage = z.infer<typeof objectPage>;
