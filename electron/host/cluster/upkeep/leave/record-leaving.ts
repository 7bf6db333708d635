import { z } from 'zod';
import { kindOf } from '../../../../../shared/model/kinds/index.ts';
import type { Database } from '../../../db/index.ts';
import type { Phase } from '../../../engine/jobs/index.ts';
import { type Revert, standingOf, takeBack, whenFree, writeRecorded } from '../../../recorded.ts';

const params = z.object({
  /** Of the change set, before it is written. */
  token: z.uuid(),
  deviceId: z.uuid(),
  clusterId: z.uuid(),
  clusterName: z.string().max(200),
  node: z.string().max(253),
});
type Params = z.infer<typeof params>;
const saved = z.object({});

/** A device is seldom in a cluster twice. */
const mostMemberships = 20;

export interface RecordNeeds {
  readonly db: Database;
  readonly revert: Revert;
}

/** The inventory is told that the device is no member any more, as one change set. */
export function recordLeavingPhase({
  db,
  revert,
}: RecordNeeds): Phase<Params, z.infer<typeof saved>> {
  const memberships = ({ deviceId, clusterId }: Params) =>
    db.tables.records.ids(kindOf('cluster-member'), {
      ...{ words: [], sort: { field: null, descending: false }, offset: 0, limit: mostMemberships },
      where: [
        { field: 'device', value: deviceId },
        { field: 'cluster', value: clusterId },
      ],
    }).ids;
  return {
    id: 'record-leaving',
    params,
    saved,
    title: () => 'Tell the inventory',
    lasting: () => null,
    async probe(_, given) {
      const recorded = standingOf(db, given, 'The inventory knows that it left.');
      if (recorded.standing === 'present' || memberships(given).length > 0) return recorded;
      return {
        ...recorded,
        standing: 'present',
        found: 'The inventory has it in no such cluster.',
      };
    },
    plan: async (_, { node, clusterName }) => [
      {
        ...{ kind: 'object', where: 'inventory', action: 'delete', before: null, after: null },
        name: `membership of ${node} in ${clusterName}`,
      },
    ],
    save: async () => ({}),
    async apply({ log }, given) {
      const title = `${given.node} left ${given.clusterName}`.slice(0, 200);
      await whenFree(() =>
        writeRecorded(db, { ...given, title }, () =>
          db.tables.records.removeAll(kindOf('cluster-member'), memberships(given)),
        ),
      );
      log(`${title}.`);
    },
    async undo({ log }, given) {
      const title = await takeBack(db, given, revert);
      if (title !== null) log(`${title}.`);
    },
  };
}
