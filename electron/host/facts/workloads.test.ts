import { expect, it } from 'vitest';
import { sectionsOf } from './output-fixture.ts';
import { workloadsOf } from './workloads.ts';

const id = '3b1f0e0c-5a0e-4f0e-9d51-0a3f2f5c9b11';
const folder = (namespace: string, pod: string) => `${namespace}_${pod}_${id}`;

it.each([
  ['a Deployment', 'gitea-7d9c5b8f6d-x2x9z', 'gitea'],
  ['a CronJob', 'backup-28765432-k8b7d', 'backup'],
  ['a DaemonSet', 'promtail-q5xwz', 'promtail'],
  ['a StatefulSet', 'postgres-0', 'postgres'],
  ['a pod of its own', 'debug', 'debug'],
  ['a name with a number', 'web-v2-6f8d9c7b5-h7x2k', 'web-v2'],
  ['a pod whose name is all ending', '-0', '-0'],
])('tells the workload of %s from its pod', (_what, pod, name) => {
  expect(workloadsOf(folder('apps', pod))).toEqual([{ namespace: 'apps', name, pods: 1 }]);
});

it('counts the pods of a workload, and keeps namespaces apart', () => {
  const text = [
    folder('apps', 'web-7d9c5b8f6d-x2x9z'),
    folder('apps', 'web-7d9c5b8f6d-bbbbb'),
    folder('test', 'web-7d9c5b8f6d-ccccc'),
    '*',
    'no folder of the kubelet',
    `${'x'.repeat(100)}_pod_${id}`,
    '',
  ].join('\n');
  expect(workloadsOf(text)).toEqual([
    { namespace: 'apps', name: 'web', pods: 2 },
    { namespace: 'test', name: 'web', pods: 1 },
  ]);
});

it('tells nothing of workloads where the pods could not be seen, and none where there is none', () => {
  const seen = sectionsOf({ presence: '@k3s', pods: '*' }).kubernetes;
  expect(seen).toMatchObject({ status: 'ok', data: { workloads: [] } });
  for (const parts of [{}, { pods: { end: 'cut', text: folder('a', 'b') } }]) {
    const section = sectionsOf({ presence: '@k3s', ...parts }).kubernetes;
    expect(section.status === 'ok' && section.data.workloads).toBeUndefined();
  }
});
