import { expect, it } from 'vitest';
import { groupKinds } from './kind-groups.ts';

const kind = (id: string, group = '') => ({ id, title: id, group });

it('groups kinds as a person looks for them, and gives what is added or seldom wanted its own place', () => {
  const groups = groupKinds([
    kind('pods'),
    kind('nodes'),
    kind('certificates.cert-manager.io', 'cert-manager.io'),
    kind('clusterroles.rbac.authorization.k8s.io', 'rbac.authorization.k8s.io'),
    kind('serviceaccounts'),
  ]);
  expect(groups.map(({ title, kinds }) => [title, kinds.map(({ id }) => id)])).toEqual([
    ['Cluster', ['nodes']],
    ['Workloads', ['pods']],
    ['Custom resources', ['certificates.cert-manager.io']],
    ['Others', ['clusterroles.rbac.authorization.k8s.io', 'serviceaccounts']],
  ]);
  expect(groups.filter(({ folded }) => folded).map(({ title }) => title)).toEqual([
    'Custom resources',
    'Others',
  ]);
});

it('shows no title without kinds, for a cluster of few rights', () => {
  expect(groupKinds([kind('pods')]).map(({ title }) => title)).toEqual(['Workloads']);
});
