import { KubeError } from '../../connections/kubernetes/index.ts';

interface Wanted {
  /** `run commands in pods`. */
  readonly what: string;
  /** As a role names it: `pods/exec`. */
  readonly resource: string;
  readonly verbs: string;
  readonly namespace: string;
}

/** What a user lacks who may not do it, in words; anything else stays as it is. */
export function refusal(error: unknown, { what, resource, verbs, namespace }: Wanted): unknown {
  if (!(error instanceof KubeError) || error.code !== 'KUBE_FORBIDDEN') return error;
  const { status, reason, causes } = error;
  const message = `This user may not ${what} in the namespace ${namespace}. ${error.message}`;
  return new KubeError('KUBE_FORBIDDEN', message, {
    hint: `A role in ${namespace} has to allow ${verbs} on ${resource}; or use another context.`,
    ...(status !== null && { status }),
    ...{ reason, causes, cause: error },
  });
}

export const mayRead = (namespace: string): Wanted => ({
  ...{ what: 'read logs', resource: 'pods/log', verbs: 'get', namespace },
});
export const mayRun = (namespace: string): Wanted => ({
  ...{ what: 'run commands in pods', resource: 'pods/exec', verbs: 'get and create', namespace },
});
export const mayForward = (namespace: string): Wanted => ({
  ...{ what: 'reach ports of pods', resource: 'pods/portforward', verbs: 'get and create' },
  namespace,
});
