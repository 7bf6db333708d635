import { expect, it } from 'vitest';
import type { RelatedObject } from '../../../../shared/cluster/object-page.ts';
import { type StatusLevel, statusOf } from '../../../../shared/cluster/status.ts';
import { troubledPods } from './troubles.ts';

const pod = (name: string, level: StatusLevel, label: string, why: string | null = null) =>
  ({
    ...{ kind: 'pods', one: 'pod', namespace: 'shop', name, presence: 'there' },
    status: statusOf(level, label, why),
  }) satisfies RelatedObject;

const pods = [
  pod('web-1', 'busy', 'Starting'),
  pod('web-2', 'bad', 'Crashing', 'web-2 ended with code 1'),
  pod('web-3', 'bad', 'Crashing', 'web-3 ended with code 1'),
  pod('web-4', 'well', 'Running'),
];

it('tells once what several pods have, the worst first, and nothing of those that run', () => {
  expect(
    troubledPods('bad', pods).map(({ pod, status, others }) => [pod.name, status.label, others]),
  ).toEqual([
    ['web-2', 'Crashing', 1],
    ['web-1', 'Starting', 0],
  ]);
});

it('tells nothing where the workload is well: a pod that comes up is none of its troubles', () => {
  expect(troubledPods('well', pods)).toEqual([]);
});
