import type { ClusterKind, ReadContext } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { type ClusterStatus, statusOf } from '../status.ts';
import { optionalWhole, part, text } from '../tolerant.ts';
import { countStatus, failureOf, imagesOf, type Workload, workloadSchema } from './workload.ts';

const own = part({
  spec: part({
    serviceName: text,
    updateStrategy: part({ type: text, rollingUpdate: part({ partition: optionalWhole }) }),
  }),
});

export const statefulSets: ClusterKind = {
  id: 'statefulsets.apps',
  group: 'apps',
  resource: 'statefulsets',
  kind: 'StatefulSet',
  title: 'Stateful sets',
  one: 'stateful set',
  namespaced: true,
  columns: [
    column('ready', 'Ready', 'ratio'),
    column('updated', 'Up to date', 'number'),
    column('service', 'Service', 'text', { refers: 'services' }),
    column('images', 'Images', 'list'),
  ],
  read(object, context) {
    const workload = workloadSchema.parse(object);
    const { serviceName, updateStrategy } = own.parse(object).spec;
    const { spec, status } = workload;
    const { namespace } = context.metadata;
    return {
      status: setStatus(workload, updateStrategy, context),
      cells: {
        ready: `${status.readyReplicas}/${spec.replicas ?? 1}`,
        updated: status.updatedReplicas,
        service: serviceName || null,
        images: imagesOf(workload),
      },
      links: {
        refers: serviceName === '' ? [] : [{ kind: 'services', namespace, name: serviceName }],
        picks: spec.selector,
      },
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
};

interface Strategy {
  readonly type: string;
  readonly rollingUpdate: { readonly partition: number | null };
}

function setStatus(
  { spec, status }: Workload,
  strategy: Strategy,
  context: ReadContext,
): ClusterStatus {
  const leaving = leavingStatus(context) ?? failureOf(status.conditions);
  if (leaving !== null) return leaving;
  const wanted = spec.replicas ?? 1;
  const ready = status.readyReplicas;
  const held = strategy.rollingUpdate.partition ?? 0;
  const updated = status.updatedReplicas;
  if (strategy.type === 'OnDelete' && updated < wanted && ready >= wanted) {
    return statusOf(
      'warn',
      'Ready',
      `${wanted - updated} of ${wanted} are of the old version until they are deleted`,
    );
  }
  // Those below the partition stay as they are.
  const due = strategy.type === 'OnDelete' ? 0 : Math.max(0, wanted - held);
  return countStatus({ wanted, ready, updated: updated >= due ? wanted : updated });
}
