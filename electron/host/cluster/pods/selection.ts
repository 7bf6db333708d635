import { z } from 'zod';
import type { KubeObject, ResourceType } from '../../../../shared/cluster/kube-object.ts';
import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import { type LabelSelector, labelSelector } from '../../../../shared/cluster/selector.ts';
import { listOf, part, text, texts, whole } from '../../../../shared/cluster/tolerant.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import { resources } from '../resources.ts';
import { refusal } from './refusal.ts';

/** Which pods an object stands for, as the API is asked for them. */
export interface Selection {
  readonly namespace: string;
  /** Null: none at all, as of a service that picks nothing. */
  readonly by: { readonly labelSelector: string } | { readonly fieldSelector: string } | null;
  /** Of a service: its ports, and what they lead to in a pod. */
  readonly servicePorts: readonly ServicePort[];
}

export interface ServicePort {
  readonly port: number;
  readonly name: string | null;
  /** A number, or the name of a port of the container. */
  readonly to: number | string;
}

function apps(resource: string, kind: string): ResourceType {
  return { group: 'apps', version: 'v1', resource, kind, namespaced: true, verbs: [] };
}

function batch(resource: string, kind: string): ResourceType {
  return { group: 'batch', version: 'v1', resource, kind, namespaced: true, verbs: [] };
}

/** Kinds that have pods, by id. */
const kinds: Readonly<Record<string, ResourceType>> = {
  pods: resources.pods,
  services: { ...resources.pods, resource: 'services', kind: 'Service' },
  replicationcontrollers: {
    ...resources.pods,
    resource: 'replicationcontrollers',
    kind: 'ReplicationController',
  },
  'deployments.apps': apps('deployments', 'Deployment'),
  'statefulsets.apps': apps('statefulsets', 'StatefulSet'),
  'daemonsets.apps': apps('daemonsets', 'DaemonSet'),
  'replicasets.apps': apps('replicasets', 'ReplicaSet'),
  'jobs.batch': batch('jobs', 'Job'),
  'cronjobs.batch': batch('cronjobs', 'CronJob'),
};

/** Jobs of a cron job whose pods are looked at, the newest. */
const mostJobs = 10;

/** Throws NOT_FOUND of a kind that has no pods; KubeError. A pod itself is not asked for. */
export async function selectPods(
  client: Pick<KubeClient, 'get' | 'list'>,
  { kind, namespace, name }: ObjectName,
  signal: AbortSignal,
): Promise<Selection> {
  const type = kinds[kind];
  if (type === undefined || namespace === null) {
    throw new RackhelmError('NOT_FOUND', 'This kind of object has no pods.', {
      hint: 'Choose a pod, a workload or a service.',
    });
  }
  if (kind === 'pods') {
    return { namespace, by: { fieldSelector: `metadata.name=${name}` }, servicePorts: [] };
  }
  const object = await client.get(type, { namespace, name }, { signal }).catch((error) => {
    const { resource } = type;
    throw refusal(error, { what: `see ${resource}`, resource, verbs: 'get', namespace });
  });
  if (kind === 'cronjobs.batch') {
    return { namespace, by: await ofCronJob(client, object, signal), servicePorts: [] };
  }
  const { selector, ports } = specs.parse(object).spec;
  const isPlain = kind === 'services' || kind === 'replicationcontrollers';
  const words = isPlain ? plainWords(texts.parse(selector)) : labelWords(selector);
  return {
    namespace,
    by: words === '' ? null : { labelSelector: words },
    servicePorts: kind === 'services' ? ports.flatMap(servicePort) : [],
  };
}

/** The selector is read further where it is known of what it is. */
const servicePorts = listOf(
  part({ name: text, port: whole, protocol: text, targetPort: z.unknown().optional() }),
);
const specs = part({ spec: part({ selector: z.unknown().optional(), ports: servicePorts }) });
type GivenPort = z.infer<typeof servicePorts>[number];

function servicePort({ name, port, protocol, targetPort }: GivenPort): ServicePort[] {
  if (port === 0 || !/^(TCP)?$/.test(protocol)) return [];
  const isTo = typeof targetPort === 'string' || typeof targetPort === 'number';
  return [{ port, name: name || null, to: isTo && targetPort !== 0 ? targetPort : port }];
}

async function ofCronJob(
  client: Pick<KubeClient, 'list'>,
  { metadata: { namespace = '', uid } }: KubeObject,
  signal: AbortSignal,
): Promise<Selection['by']> {
  const own: KubeObject[] = [];
  for await (const { items } of client.list(batch('jobs', 'Job'), { namespace, signal })) {
    own.push(
      ...items.filter(({ metadata }) => metadata.ownerReferences?.some((each) => each.uid === uid)),
    );
  }
  const begun = ({ metadata }: KubeObject) => Date.parse(metadata.creationTimestamp ?? '') || 0;
  const newest = own.sort((a, b) => begun(b) - begun(a)).slice(0, mostJobs);
  if (newest.length === 0) return null;
  const names = newest.map(({ metadata }) => metadata.name);
  return { labelSelector: `batch.kubernetes.io/job-name in (${names.join(',')})` };
}

function plainWords(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** As a query has it. One that picks everything picks nothing here: nobody means all pods. */
function labelWords(selector: unknown): string {
  const parsed: LabelSelector | null = labelSelector.parse(selector ?? null);
  if (parsed === null) return '';
  const operators: Readonly<Record<string, (key: string, values: string) => string>> = {
    In: (key, values) => `${key} in (${values})`,
    NotIn: (key, values) => `${key} notin (${values})`,
    Exists: (key) => key,
    DoesNotExist: (key) => `!${key}`,
  };
  const further = parsed.matchExpressions.flatMap(({ key, operator, values }) => {
    const word = operators[operator]?.(key, values.join(','));
    return word === undefined ? [] : [word];
  });
  return [plainWords(parsed.matchLabels), ...further].filter((word) => word !== '').join(',');
}
