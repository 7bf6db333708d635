import type { z } from 'zod';
import { conditionOf, conditions } from '../condition.ts';
import type { ClusterKind, ReadContext } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { labelSelector } from '../selector.ts';
import { type ClusterStatus, said, spelled, statusOf } from '../status.ts';
import { flag, optionalWhole, part, time, whole } from '../tolerant.ts';
import { template } from './workload.ts';

const schema = part({
  spec: part({
    completions: optionalWhole,
    parallelism: optionalWhole,
    backoffLimit: optionalWhole,
    suspend: flag,
    selector: labelSelector,
    template,
  }),
  status: part({
    active: whole,
    ready: whole,
    succeeded: whole,
    failed: whole,
    startTime: time,
    completionTime: time,
    conditions,
  }),
});
type Job = z.infer<typeof schema>;

export const jobs: ClusterKind = {
  id: 'jobs.batch',
  group: 'batch',
  resource: 'jobs',
  kind: 'Job',
  title: 'Jobs',
  one: 'job',
  namespaced: true,
  columns: [
    column('done', 'Done', 'ratio'),
    column('failed', 'Failed', 'number'),
    column('active', 'Running', 'number'),
    column('duration', 'Took', 'duration'),
    column('owner', 'Made by', 'text', { extra: true }),
    column('images', 'Images', 'list', { extra: true }),
  ],
  read(object, context) {
    const job = schema.parse(object);
    const { spec, status } = job;
    const [owner] = context.metadata.ownerReferences;
    const ended = status.completionTime ?? endedAt(job);
    return {
      status: jobStatus(job, context),
      cells: {
        done: `${status.succeeded}/${spec.completions ?? 1}`,
        failed: status.failed,
        active: status.active,
        duration: ended === null || status.startTime === null ? null : ended - status.startTime,
        owner: owner === undefined ? null : `${owner.kind} ${owner.name}`,
        images: spec.template.spec.containers.map(({ image }) => image),
      },
      links: { refers: [], picks: spec.selector },
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
};

function endedAt({ status }: Job): number | null {
  const over = status.conditions.find(
    (each) => (each.type === 'Failed' || each.type === 'Complete') && each.status === 'True',
  );
  return over?.lastTransitionTime ?? null;
}

function jobStatus(job: Job, context: ReadContext): ClusterStatus {
  const { spec, status } = job;
  const leaving = leavingStatus(context);
  if (leaving !== null) return leaving;
  const failed =
    conditionOf(status.conditions, 'Failed') ?? conditionOf(status.conditions, 'FailureTarget');
  if (failed?.status === 'True') {
    return statusOf(
      'bad',
      'Failed',
      failedText(failed.reason, failed.message, job),
      failed.lastTransitionTime,
    );
  }
  if (conditionOf(status.conditions, 'Complete')?.status === 'True') {
    return statusOf('ended', 'Completed', null, status.completionTime);
  }
  if (spec.suspend) return statusOf('warn', 'Suspended', 'it makes no pods until it is resumed');
  const tries = status.failed > 0 ? `${status.failed} failed so far` : null;
  if (status.active > 0) {
    return statusOf(status.failed > 0 ? 'warn' : 'busy', 'Running', tries, status.startTime);
  }
  return statusOf('busy', 'Starting', tries, status.startTime);
}

function failedText(reason: string, message: string, { spec, status }: Job): string {
  if (reason === 'BackoffLimitExceeded') {
    const tries = spec.backoffLimit ?? 6;
    return `${status.failed || 'too many'} tries failed; ${tries} more after the first were allowed`;
  }
  if (reason === 'DeadlineExceeded') return 'it ran longer than it was allowed to';
  return said(message) || spelled(reason);
}
