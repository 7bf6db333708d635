import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { createPods, type Pods } from '../../../cluster/index.ts';
import type { Installation } from '../../../installation.ts';
import { withSession } from '../../session.ts';
import type { TargetOptions } from '../../terminal/options.ts';
import { contextNamed, openContexts } from '../cluster-session.ts';

export interface PodOptions
  extends Pick<TargetOptions, 'data' | 'sshConfig' | 'acceptNewHostKey' | 'passphraseFile'> {
  readonly context?: string;
  readonly namespace?: string;
  /** Seconds. */
  readonly timeout: number;
  readonly json?: true;
}

interface Reaching {
  readonly pods: Pods;
  readonly contextId: string;
  readonly signal: AbortSignal;
}

/** Opens the way to the pods of a cluster for one command. */
export function withPods(
  installation: Installation,
  options: PodOptions,
  work: (reaching: Reaching) => Promise<void>,
): Promise<void> {
  return withSession(installation, options, async (session) => {
    const contexts = openContexts(installation, session);
    const pods = createPods({
      clientOf: contexts.clientOf,
      clusterOf: (id) => session.database.clusterContexts.get(id)?.clusterName ?? '',
    });
    try {
      const { id: contextId } = contextNamed(contexts, options.context);
      await work({ pods, contextId, signal: session.signal });
    } finally {
      pods.close();
      contexts.close();
    }
  });
}

/** As kubectl calls them, in the singular. */
const kinds: Readonly<Record<string, string>> = {
  ...{ pod: 'pods', po: 'pods', service: 'services', svc: 'services' },
  ...{ deployment: 'deployments.apps', deploy: 'deployments.apps' },
  ...{ statefulset: 'statefulsets.apps', sts: 'statefulsets.apps' },
  ...{ daemonset: 'daemonsets.apps', ds: 'daemonsets.apps' },
  ...{ replicaset: 'replicasets.apps', rs: 'replicasets.apps' },
  ...{ job: 'jobs.batch', cronjob: 'cronjobs.batch', cj: 'cronjobs.batch' },
};

/** `web-1`, or `deployment/web`. */
export function objectNamed(named: string, { namespace = 'default' }: PodOptions): ObjectName {
  const [first = '', second, ...more] = named.split('/');
  const [word, name] = second === undefined ? ['pod', first] : [first.toLowerCase(), second];
  const kind = kinds[word] ?? kinds[word.replace(/s$/, '')];
  if (kind !== undefined && name !== '' && more.length === 0) return { kind, namespace, name };
  throw new RackhelmError('INVALID_INPUT', `${named} names nothing that has pods.`, {
    hint: 'Write the name of a pod, or deployment/NAME, statefulset/NAME, service/NAME.',
  });
}

interface WantedPod {
  readonly named: string;
  readonly container: string | undefined;
}

/** One container of what was named: of the pod itself or the first that is ready, as told or the first. */
export async function onePod(
  { pods, contextId, signal }: Reaching,
  { named, container }: WantedPod,
  options: PodOptions,
): Promise<PodPlace> {
  const { kind, namespace, name } = objectNamed(named, options);
  if (kind === 'pods' && namespace !== null && container !== undefined) {
    return { contextId, namespace, pod: name, container };
  }
  const target = await pods.target({ contextId, kind, namespace, name }, signal);
  const [first] = target.pods;
  if (first === undefined) throw new RackhelmError('NOT_FOUND', `${named} has no pods.`);
  const main = first.containers.find(({ role }) => role === 'main');
  return {
    ...{ contextId, namespace: first.namespace, pod: first.name },
    container: container ?? main?.name ?? null,
  };
}
