import { shortenedTo } from '../../model/name.ts';

/** What the cluster itself needs is part of it and no service of the person's. */
const ofTheCluster = /^(kube-|local-path-storage$|cattle-|flannel$|calico-|tigera-)/;
/** K3s gives each load balancer a pod on every machine. */
const balancers = /^svclb-/;
const longestName = 200;

interface Named {
  readonly namespace: string;
  readonly name: string;
}

export function isOfTheCluster({ namespace, name }: Named): boolean {
  return ofTheCluster.test(namespace) || balancers.test(name);
}

/** What a service of the inventory is called that a workload is: one name wherever it was seen. */
export function serviceName({ namespace, name }: Named): string {
  const called = name === namespace || namespace === 'default' ? name : `${namespace}/${name}`;
  return shortenedTo(called, longestName);
}

/** Under which a service that runs everywhere in a cluster is proposed and dismissed. */
export function serviceKey(called: string): string {
  return `service/${called.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}
