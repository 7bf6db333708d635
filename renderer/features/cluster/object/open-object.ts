import type { ObjectName, ObjectPage } from '../../../../shared/cluster/object-page.ts';
import type { Client } from '../../../rpc/client.ts';
import { createFollowedPage, type FollowedPage } from '../../../rpc/followed-page.ts';

interface AskedObject extends ObjectName {
  readonly contextId: string;
}

/** The object whose page is open, followed for as long as it is. */
export type OpenObject = FollowedPage<AskedObject, ObjectPage>;

export function createOpenObject(client: Client, view: Pick<Window, 'setTimeout'>): OpenObject {
  return createFollowedPage(
    (asked, options) => client.cluster.live.followObject(asked, options),
    view,
  );
}
