import type { ShownCheck } from '../../../../shared/checks/check.ts';
import type { KeptCheck } from '../../../../shared/onboarding/draft.ts';

/** A draft keeps no more; a machine with a hundred disks has as many results. */
const mostKept = 300;

/** Results as a draft and a report keep them: without evidence, which stands with the checks. */
export function keptChecks(shown: readonly ShownCheck[]): KeptCheck[] {
  return shown
    .slice(0, mostKept)
    .map(({ check, part, group, title, status, found, fix, accepted }) => ({
      ...{ check, part, group, title, status, found, fix },
      accepted: accepted !== null,
    }));
}
