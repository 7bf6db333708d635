import type { Owner } from './metadata.ts';
import type { LabelSelector } from './selector.ts';

/** Another object that this one names. */
export interface Reference {
  /** Id of the kind: `nodes`, `persistentvolumeclaims`. */
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** What ties an object to others; the store finds its way along these in both directions. */
export interface Links {
  readonly labels: Readonly<Record<string, string>>;
  readonly owners: readonly Owner[];
  readonly refers: readonly Reference[];
  /** What it picks by labels, such as the pods of a service. */
  readonly picks: LabelSelector | null;
}
