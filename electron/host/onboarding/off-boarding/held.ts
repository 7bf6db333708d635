import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';

/** Of more of a kind a person frees the rest by hand. */
const mostHeld = 2_000;

export interface Held {
  readonly memberships: string[];
  readonly cables: string[];
  readonly addresses: string[];
}

/** What a device holds that others could have: ids of rows. */
export function heldBy(db: Database, deviceId: string): Held {
  const { records, interfaces, cableGraph } = db.tables;
  const idsOf = (kind: KindName, field: string) =>
    records.ids(kindOf(kind), {
      ...{ words: [], sort: { field: null, descending: false } },
      ...{ where: [{ field, value: deviceId }], offset: 0, limit: mostHeld },
    }).ids;
  const links = interfaces.ofDevice(deviceId);
  const sockets = [...links.map(({ id }) => id), ...idsOf('port', 'device')];
  const cables = sockets.flatMap((id) => cableGraph.endsAt(id).map(({ cableId }) => cableId));
  return {
    memberships: idsOf('cluster-member', 'device'),
    cables: [...new Set(cables)].slice(0, mostHeld),
    addresses: links.flatMap(({ addresses }) => addresses.map(({ id }) => id)).slice(0, mostHeld),
  };
}
