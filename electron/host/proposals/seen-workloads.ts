import { isOfTheCluster, serviceName } from '../../../shared/cluster/drift/workload-names.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import type { Product } from './service-catalogue.ts';

export interface SeenWorkload {
  readonly product: Product;
  readonly note: string;
}

/** Workloads of the cluster whose pods this machine has; one service wherever they run. */
export function seenWorkloads(facts: Facts): readonly SeenWorkload[] {
  const section = facts.sections.kubernetes;
  const workloads = section.status === 'ok' ? (section.data.workloads ?? []) : [];
  return workloads
    .filter((workload) => !isOfTheCluster(workload))
    .map(({ namespace, name, pods }) => {
      const own = name.replaceAll(/[^\w]/g, '.');
      return {
        product: {
          name: serviceName({ namespace, name }),
          kind: 'workload',
          words: new RegExp(`(^|\\W)${own}(\\W|$)`, 'i'),
          everywhere: true,
        },
        note: `${pods === 1 ? '1 pod' : `${pods} pods`} in the namespace ${namespace}`,
      };
    });
}
