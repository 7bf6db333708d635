import type { ShownCheck } from '../../../../shared/checks/check.ts';
import type { DraftMachine, KeptCheck } from '../../../../shared/onboarding/draft.ts';
import type { Checks } from '../../engine/checks/index.ts';
import type { Drafts } from '../drafts/index.ts';

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

/** What is known of a machine by now. */
export function keepWithDraft(
  { checks, drafts }: { readonly checks: Checks; readonly drafts: Drafts },
  draftId: string,
  machine: DraftMachine,
): void {
  const kept = keptChecks(checks.of([machine.deviceId]));
  drafts.foundOf(draftId, machine.id, () => ({ checks: kept, checkedAt: Date.now() }));
}
