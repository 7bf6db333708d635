import { readMetadata } from '../metadata.ts';
import type { PlacedPod } from '../placing/placed-pod.ts';
import { type LabelSelector, labelSelector, matches } from '../selector.ts';
import { part, text, whole } from '../tolerant.ts';

const budgetParts = part({
  spec: part({ selector: labelSelector, unhealthyPodEvictionPolicy: text }),
  status: part({
    disruptionsAllowed: whole,
    currentHealthy: whole,
    desiredHealthy: whole,
    expectedPods: whole,
  }),
});

/** A PodDisruptionBudget: how many pods of some may go at once. */
export interface Budget {
  readonly namespace: string;
  readonly name: string;
  readonly selector: LabelSelector | null;
  /** Pods that are not ready may go whatever it says. */
  readonly letsUnreadyGo: boolean;
  readonly allows: number;
  readonly healthy: number;
  readonly wanted: number;
  readonly pods: number;
}

/** Never throws, whatever the object is like. */
export function readBudget(object: unknown): Budget {
  const { spec, status } = budgetParts.parse(object);
  const { namespace, name } = readMetadata(object);
  return {
    ...{ namespace: namespace ?? '', name, selector: spec.selector },
    letsUnreadyGo: spec.unhealthyPodEvictionPolicy === 'AlwaysAllow',
    allows: status.disruptionsAllowed,
    healthy: status.currentHealthy,
    wanted: status.desiredHealthy,
    pods: status.expectedPods,
  };
}

export function budgetsOf(pod: PlacedPod, budgets: readonly Budget[]): Budget[] {
  return budgets.filter(
    ({ namespace, selector }) =>
      namespace === pod.namespace && selector !== null && matches(selector, pod.labels),
  );
}

/** Whether it lets none go even when all of its pods are well: waiting does not help. */
export function neverGivesWay({ wanted, pods }: Budget): boolean {
  return pods > 0 && wanted >= pods;
}
