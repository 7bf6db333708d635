import { z } from 'zod';
import type { ClusterKind } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { statusOf } from '../status.ts';
import { flag, listOf, optionalText, part, text, time } from '../tolerant.ts';
import { template } from './workload.ts';

const schema = part({
  spec: part({
    schedule: text,
    timeZone: optionalText,
    suspend: flag,
    concurrencyPolicy: text,
    jobTemplate: part({ spec: part({ template }) }),
  }),
  status: part({
    active: listOf(z.object({ name: text })),
    lastScheduleTime: time,
    lastSuccessfulTime: time,
  }),
});

export const cronJobs: ClusterKind = {
  id: 'cronjobs.batch',
  group: 'batch',
  resource: 'cronjobs',
  kind: 'CronJob',
  title: 'Cron jobs',
  one: 'cron job',
  namespaced: true,
  columns: [
    column('schedule', 'Schedule'),
    column('zone', 'Time zone', 'text', { extra: true }),
    column('active', 'Running', 'number'),
    column('lastRun', 'Last run', 'time'),
    column('lastSuccess', 'Last success', 'time'),
    column('images', 'Images', 'list', { extra: true }),
  ],
  read(object, context) {
    const { spec, status } = schema.parse(object);
    return {
      status: leavingStatus(context) ?? cronStatus({ ...status, suspend: spec.suspend }),
      cells: {
        schedule: spec.schedule,
        zone: spec.timeZone,
        active: status.active.length,
        lastRun: status.lastScheduleTime,
        lastSuccess: status.lastSuccessfulTime,
        images: spec.jobTemplate.spec.template.spec.containers.map(({ image }) => image),
      },
      links: {
        refers: status.active.map(({ name }) => ({
          kind: 'jobs.batch',
          namespace: context.metadata.namespace,
          name,
        })),
        picks: null,
      },
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
};

interface Standing {
  readonly suspend: boolean;
  readonly active: readonly unknown[];
  readonly lastScheduleTime: number | null;
  readonly lastSuccessfulTime: number | null;
}

function cronStatus({ suspend, active, lastScheduleTime, lastSuccessfulTime }: Standing) {
  if (suspend) return statusOf('warn', 'Suspended', 'it starts nothing until it is resumed');
  if (active.length > 0) return statusOf('busy', 'Running', null, lastScheduleTime);
  if (lastScheduleTime === null) return statusOf('well', 'Waiting', 'it has not run yet');
  // A run that ended and did not succeed.
  if (lastSuccessfulTime === null || lastSuccessfulTime < lastScheduleTime) {
    return statusOf('warn', 'Failed last', 'its last run did not succeed', lastScheduleTime);
  }
  return statusOf('well', 'Waiting', null, lastSuccessfulTime);
}
