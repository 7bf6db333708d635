import type { UpkeepFinding } from '../../../../shared/cluster/upkeep/upkeep-work.ts';
import type { WantedLane } from '../../engine/jobs/index.ts';
import type { UpkeepInput } from './upkeep-kind.ts';

/** What some work comes to before its phases were looked at. */
export interface Wanted {
  readonly title: string;
  readonly findings: readonly UpkeepFinding[];
  /** Null: so much stands against it that there is nothing to look up. */
  readonly job: { readonly lanes: readonly WantedLane[]; readonly input: UpkeepInput } | null;
}

export const stop = (says: string, accept: UpkeepFinding['accept'] = null): UpkeepFinding => ({
  weight: 'stop',
  says: says.slice(0, 2_000),
  accept,
});

export const warning = (says: string): UpkeepFinding => ({
  ...{ weight: 'warning', accept: null },
  says: says.slice(0, 2_000),
});

export const info = (says: string): UpkeepFinding => ({
  ...{ weight: 'info', accept: null },
  says: says.slice(0, 2_000),
});

const weights = { stop: 0, warning: 1, info: 2 } as const;

export function sorted(findings: readonly UpkeepFinding[]): UpkeepFinding[] {
  return findings.toSorted((a, b) => weights[a.weight] - weights[b.weight]);
}
