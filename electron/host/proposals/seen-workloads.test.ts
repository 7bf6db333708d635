import { expect, it } from 'vitest';
import type { Facts } from '../../../shared/model/facts.ts';
import { sampleFacts } from '../inventory/sample-facts.ts';
import { seenServices } from './seen-services.ts';

type Workloads = { namespace: string; name: string; pods: number }[];

function withWorkloads(workloads: Workloads): Facts {
  const facts = sampleFacts();
  const data = { distribution: 'k3s', role: 'agent', version: null, running: true } as const;
  return {
    ...facts,
    sections: { ...facts.sections, kubernetes: { status: 'ok', data: { ...data, workloads } } },
  };
}

it('proposes the workloads of a cluster once each, by name, and none of the cluster itself', () => {
  const seen = seenServices(
    withWorkloads([
      { namespace: 'default', name: 'whoami', pods: 1 },
      { namespace: 'gitea', name: 'gitea', pods: 2 },
      { namespace: 'ai', name: 'ollama', pods: 1 },
      { namespace: 'kube-system', name: 'coredns', pods: 1 },
      { namespace: 'default', name: 'svclb-traefik', pods: 1 },
    ]),
  ).filter(({ kind }) => kind === 'workload');
  expect(seen.map(({ product, everywhere, notes }) => ({ product, everywhere, notes }))).toEqual([
    { product: 'whoami', everywhere: true, notes: ['1 pod in the namespace default'] },
    { product: 'gitea', everywhere: true, notes: ['2 pods in the namespace gitea'] },
    { product: 'ai/ollama', everywhere: true, notes: ['1 pod in the namespace ai'] },
  ]);
});
