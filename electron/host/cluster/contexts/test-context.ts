import type {
  ContextTest,
  ContextWarning,
  SignInCommand,
} from '../../../../shared/cluster/contexts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { oneLine } from '../../../../shared/visible-text.ts';
import {
  type KubeClient,
  KubeError,
  type ResolvedContext,
  readServerCertificate,
} from '../../connections/kubernetes/index.ts';
import { certificateWarnings, ownCertificates, shownCertificate } from './certificates.ts';
import { contextWarnings } from './describe-context.ts';
import { readPermissions, whoAmI } from './permissions.ts';
import type { Reached } from './reach.ts';

/** From here on it breaks certificates, tokens and leases. */
const mostSkewMs = 30_000;

const namespaces = {
  group: '',
  version: 'v1',
  resource: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
  verbs: [],
};

export interface TestOptions {
  readonly context: ResolvedContext;
  /** Finds the way; see reach.ts. */
  readonly reach: () => Promise<Reached>;
  readonly command: SignInCommand | null;
  /** What the cluster was the last time; null: unknown. */
  readonly knownUid: string | null;
  readonly signal: AbortSignal;
}

/** Tries everything that using a context takes. What fails is told, not thrown. */
export async function testContext(options: TestOptions): Promise<ContextTest> {
  const { context, command, signal } = options;
  const at = Date.now();
  const certificates = ownCertificates(context, at);
  const untried: ContextTest = {
    at,
    failure: null,
    way: '',
    viaDevice: null,
    version: null,
    who: null,
    permissions: [],
    certificates,
    warnings: [...contextWarnings(context), ...certificateWarnings(certificates, at)],
    clusterUid: null,
    command,
  };
  let reached: Reached;
  try {
    reached = await options.reach();
  } catch (error) {
    const shown = await serverCertificate(context, { dial: undefined, signal }, at);
    return failed(withCertificates(untried, shown, at), error, signal);
  }
  const shown = await serverCertificate(context, { dial: reached.dial, signal }, at);
  const began = {
    ...withCertificates(untried, shown, at),
    way: reached.way,
    viaDevice: reached.via?.deviceId ?? null,
  };
  try {
    return await asked(began, reached.client, options);
  } catch (error) {
    return failed(began, error, signal);
  } finally {
    reached.client.close();
  }
}

async function asked(
  began: ContextTest,
  client: KubeClient,
  { context, knownUid, signal }: TestOptions,
): Promise<ContextTest> {
  const version = await client.version({ signal }).catch(unlessRefused);
  const who = await whoAmI(client, signal);
  const permissions = await readPermissions(client, { namespace: context.namespace, signal });
  const clusterUid = await client
    .get(namespaces, { name: 'kube-system' }, { signal })
    .then(({ metadata }) => metadata.uid)
    .catch(unlessRefused);
  return {
    ...began,
    version: version === null ? null : oneLine(version.gitVersion),
    who: who && { user: oneLine(who.user), groups: who.groups.map(oneLine) },
    permissions,
    clusterUid,
    warnings: [
      ...began.warnings,
      ...skewWarning(client.clockSkewMs()),
      ...identityWarning(clusterUid, knownUid),
    ],
  };
}

/** Least privilege works as far as it goes. */
function unlessRefused(error: unknown): null {
  const refusals = ['KUBE_FORBIDDEN', 'KUBE_NOT_FOUND'];
  if (error instanceof KubeError && refusals.includes(error.code)) return null;
  throw error;
}

async function serverCertificate(
  { cluster }: ResolvedContext,
  how: Parameters<typeof readServerCertificate>[1],
  now: number,
) {
  try {
    const shown = await readServerCertificate(cluster, how);
    return shown === null ? [] : [shownCertificate('server', shown, now)];
  } catch {
    return []; // that it cannot be reached is told by the test itself
  }
}

function withCertificates(
  test: ContextTest,
  shown: ContextTest['certificates'],
  now: number,
): ContextTest {
  return {
    ...test,
    certificates: [...test.certificates, ...shown],
    warnings: [...test.warnings, ...certificateWarnings(shown, now)],
  };
}

function skewWarning(skewMs: number | null): ContextWarning[] {
  if (skewMs === null || Math.abs(skewMs) < mostSkewMs) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const text = `The clock of the cluster is ${seconds} seconds ${skewMs > 0 ? 'ahead of' : 'behind'} this computer’s.`;
  return [{ kind: 'clock', text }];
}

function identityWarning(uid: string | null, known: string | null): ContextWarning[] {
  if (uid === null || known === null || uid === known) return [];
  return [
    {
      kind: 'another-cluster',
      text: 'Another cluster answers than the last time, or it was installed anew.',
    },
  ];
}

function failed(test: ContextTest, error: unknown, signal: AbortSignal): ContextTest {
  if (!(error instanceof RackhelmError) || signal.aborted) throw error;
  const { code, message, hint } = error;
  return { ...test, failure: { code, message, hint } };
}
