import type { ClusterKind } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { countStatus, failureOf, imagesOf, workloadSchema } from './workload.ts';

export const replicaSets: ClusterKind = {
  id: 'replicasets.apps',
  group: 'apps',
  resource: 'replicasets',
  kind: 'ReplicaSet',
  title: 'Replica sets',
  one: 'replica set',
  namespaced: true,
  columns: [
    column('ready', 'Ready', 'ratio'),
    column('owner', 'Made by'),
    column('images', 'Images', 'list'),
  ],
  read(object, context) {
    const set = workloadSchema.parse(object);
    const { spec, status } = set;
    const wanted = spec.replicas ?? 1;
    const [owner] = context.metadata.ownerReferences;
    const ready = status.readyReplicas;
    return {
      status:
        leavingStatus(context) ??
        failureOf(status.conditions) ??
        countStatus({ wanted, ready, updated: wanted }),
      cells: {
        ready: `${ready}/${wanted}`,
        owner: owner === undefined ? null : `${owner.kind} ${owner.name}`,
        images: imagesOf(set),
      },
      links: { refers: [], picks: spec.selector },
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
};
