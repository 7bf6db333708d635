import { conditionOf } from '../condition.ts';
import type { ClusterKind, ReadContext } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { type ClusterStatus, statusOf } from '../status.ts';
import { flag, part, text } from '../tolerant.ts';
import { countStatus, failureOf, imagesOf, type Workload, workloadSchema } from './workload.ts';

const own = part({ spec: part({ paused: flag, strategy: part({ type: text }) }) });

export const deployments: ClusterKind = {
  id: 'deployments.apps',
  group: 'apps',
  resource: 'deployments',
  kind: 'Deployment',
  title: 'Deployments',
  one: 'deployment',
  namespaced: true,
  columns: [
    column('ready', 'Ready', 'ratio'),
    column('updated', 'Up to date', 'number'),
    column('available', 'Available', 'number'),
    column('strategy', 'Strategy', 'text', { extra: true }),
    column('images', 'Images', 'list'),
  ],
  read(object, context) {
    const workload = workloadSchema.parse(object);
    const { paused, strategy } = own.parse(object).spec;
    const { spec, status } = workload;
    return {
      status: deploymentStatus(workload, paused, context),
      cells: {
        ready: `${status.readyReplicas}/${spec.replicas ?? 1}`,
        updated: status.updatedReplicas,
        available: status.availableReplicas,
        strategy: strategy.type || null,
        images: imagesOf(workload),
      },
      links: { refers: [], picks: spec.selector },
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
};

function deploymentStatus(
  { spec, status }: Workload,
  paused: boolean,
  context: ReadContext,
): ClusterStatus {
  const leaving = leavingStatus(context);
  if (leaving !== null) return leaving;
  const failure = failureOf(status.conditions);
  if (failure !== null) return failure;
  const wanted = spec.replicas ?? 1;
  const progress = conditionOf(status.conditions, 'Progressing');
  const { readyReplicas: ready, updatedReplicas: updated } = status;
  const old = Math.max(0, status.replicas - updated);
  const isUnfinished = updated < wanted || ready < wanted || old > 0;
  if (progress?.reason === 'ProgressDeadlineExceeded' && isUnfinished) {
    const stand = old > 0 ? `, ${old} of the old one still there` : '';
    const why = `${updated} of ${wanted} are of the new version${stand}, ${ready} ready, and nothing has moved for a while`;
    return statusOf('bad', 'Roll-out stuck', why, progress.lastTransitionTime);
  }
  if (paused) return statusOf('warn', 'Paused', 'changes are not rolled out until it is resumed');
  return countStatus({ wanted, ready, updated, old });
}
