import type { DraftMachine } from '../../../../shared/onboarding/draft.ts';
import type { Conflict } from '../../../../shared/onboarding/offers.ts';

/** The machine that is looked at, and how something is said of it. */
export interface About {
  readonly machine: DraftMachine;
  readonly say: (field: string, weight: Conflict['weight'], text: string) => Conflict;
}
