import type { z } from 'zod';
import { conditions } from '../condition.ts';
import type { ClusterKind, ReadContext } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { labelSelector } from '../selector.ts';
import { type ClusterStatus, statusOf } from '../status.ts';
import { part, whole } from '../tolerant.ts';
import { countStatus, failureOf, template } from './workload.ts';

const schema = part({
  spec: part({ selector: labelSelector, template }),
  status: part({
    desiredNumberScheduled: whole,
    currentNumberScheduled: whole,
    numberReady: whole,
    updatedNumberScheduled: whole,
    numberAvailable: whole,
    numberMisscheduled: whole,
    conditions,
  }),
});

export const daemonSets: ClusterKind = {
  id: 'daemonsets.apps',
  group: 'apps',
  resource: 'daemonsets',
  kind: 'DaemonSet',
  title: 'Daemon sets',
  one: 'daemon set',
  namespaced: true,
  columns: [
    column('ready', 'Ready', 'ratio'),
    column('updated', 'Up to date', 'number'),
    column('available', 'Available', 'number'),
    column('images', 'Images', 'list'),
  ],
  read(object, context) {
    const set = schema.parse(object);
    const { status, spec } = set;
    return {
      status: daemonStatus(set, context),
      cells: {
        ready: `${status.numberReady}/${status.desiredNumberScheduled}`,
        updated: status.updatedNumberScheduled,
        available: status.numberAvailable,
        images: spec.template.spec.containers.map(({ image }) => image),
      },
      links: { refers: [], picks: spec.selector },
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
};

function daemonStatus({ status }: z.infer<typeof schema>, context: ReadContext): ClusterStatus {
  const other = leavingStatus(context) ?? failureOf(status.conditions);
  if (other !== null) return other;
  const { desiredNumberScheduled: wanted, numberReady: ready, numberMisscheduled: wrong } = status;
  if (wanted === 0)
    return statusOf('ended', 'On no node', 'no node has the labels that it asks for');
  const counted = countStatus({ wanted, ready, updated: status.updatedNumberScheduled });
  if (counted.level !== 'well' || wrong === 0) return counted;
  return statusOf(
    'warn',
    'Ready',
    `it runs on ${wrong} ${wrong === 1 ? 'node' : 'nodes'} that it should not run on`,
  );
}
