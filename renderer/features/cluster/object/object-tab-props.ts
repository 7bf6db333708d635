import type { ObjectPage } from '../../../../shared/cluster/object-page.ts';

/** What each part of the page of an object is given. */
export interface ObjectTabProps {
  readonly context: string;
  readonly page: ObjectPage;
}
