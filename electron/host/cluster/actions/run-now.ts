import type { ActionOf } from '../../../../shared/cluster/actions/action.ts';
import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { yamlText } from '../../../../shared/cluster/yaml-text.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type Acting, type Looked, named, noteItem, partOf, shown } from './acting.ts';

function batch(resource: string, kind: string): ResourceType {
  return { group: 'batch', version: 'v1', resource, kind, namespaced: true, verbs: [] };
}

/** Of a job, so that the names of its pods, which begin with it, are not cut. */
const longestName = 52;

/** A job of a cron job, at once, as kubectl makes one. */
export async function lookAtRunNow(
  { client, where, signal }: Acting,
  { namespace, name }: ActionOf<'run-now'>,
): Promise<Looked> {
  const cronJob = await client.get(batch('cronjobs', 'CronJob'), named(namespace, name), {
    signal,
  });
  const template = partOf(cronJob, 'spec', 'jobTemplate');
  const spec = partOf(template, 'spec');
  if (spec === undefined) throw new RackhelmError('INVALID_INPUT', `${name} has no template.`);
  const texts = (key: string) => Object(partOf(template, 'metadata', key)) as object; // Object(undefined) is {}
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      // The API puts five letters of its own behind it, only once it is made.
      generateName: `${name.slice(0, longestName)}-`,
      namespace,
      labels: texts('labels'),
      annotations: { ...texts('annotations'), 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [
        {
          ...{ apiVersion: 'batch/v1', kind: 'CronJob', name, uid: cronJob.metadata.uid },
          controller: true,
        },
      ],
    },
    spec,
  };
  const type = batch('jobs', 'Job');
  await client.create(type, job, { namespace, dryRun: true, signal });
  const active = partOf(cronJob, 'status', 'active');
  const runs = Array.isArray(active) ? active.length : 0;
  return {
    title: `Run ${shown('cronjobs.batch', namespace, name)} now`,
    items: [
      {
        ...{ kind: 'object', where, action: 'create', name: `job ${namespace}/${name}-…` },
        ...{ before: null, after: yamlText(job).slice(0, 65_000) },
      },
      ...(runs > 0
        ? [
            noteItem(
              `${runs} of its jobs ${runs === 1 ? 'runs' : 'run'} now; this one runs beside.`,
              'warning',
            ),
          ]
        : []),
    ],
    undo: 'Delete the job, with what it runs.',
    seen: { uid: cronJob.metadata.uid, generation: cronJob.metadata.generation },
    async act() {
      const { metadata } = await client.create(type, job, { namespace, signal });
      const made = { kind: 'jobs.batch', namespace, name: metadata.name };
      return {
        says: `The job ${metadata.name} was begun.`,
        undo: { do: 'delete', ...made, orphan: false },
        made,
      };
    },
  };
}
