import type { Facts } from '../../../shared/model/facts.ts';
import { shortenedTo } from '../../../shared/model/name.ts';
import type { Product } from './service-catalogue.ts';

/** What the cluster itself needs is part of it and no service of the person's. */
const ofTheCluster = /^(kube-|local-path-storage$|cattle-|flannel$|calico-|tigera-)/;
/** K3s gives each load balancer a pod on every machine. */
const balancers = /^svclb-/;
const longestName = 200;

export interface SeenWorkload {
  readonly product: Product;
  readonly note: string;
}

/** Workloads of the cluster whose pods this machine has; one service wherever they run. */
export function seenWorkloads(facts: Facts): readonly SeenWorkload[] {
  const section = facts.sections.kubernetes;
  const workloads = section.status === 'ok' ? (section.data.workloads ?? []) : [];
  return workloads
    .filter(({ namespace, name }) => !ofTheCluster.test(namespace) && !balancers.test(name))
    .map(({ namespace, name, pods }) => {
      const called = name === namespace || namespace === 'default' ? name : `${namespace}/${name}`;
      const own = name.replaceAll(/[^\w]/g, '.');
      return {
        product: {
          name: shortenedTo(called, longestName),
          kind: 'workload',
          words: new RegExp(`(^|\\W)${own}(\\W|$)`, 'i'),
          everywhere: true,
        },
        note: `${pods === 1 ? '1 pod' : `${pods} pods`} in the namespace ${namespace}`,
      };
    });
}
