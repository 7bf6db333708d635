import type { InventoryRecord } from '../../../../shared/contract/records.ts';
import type { KindName } from '../../../../shared/model/kinds/index.ts';

/** What a part of a page is given; see page-parts.ts. */
export interface PagePartProps {
  readonly kind: KindName;
  readonly record: InventoryRecord;
}
