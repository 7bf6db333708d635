import type { Draft } from '../../../shared/onboarding/draft.ts';
import type { Retirement } from './off-boarding/index.ts';
import type { DraftOffers } from './offers/index.ts';
import type { RecordMachine, Revert } from './record/index.ts';

/** What onboarding asks of the inventory that may take long, wherever that is done. */
export interface InventoryWork extends Retirement {
  readonly record: RecordMachine;
  readonly revert: Revert;
  readonly offers: (draft: Draft) => Promise<DraftOffers>;
}
