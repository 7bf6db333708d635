import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import {
  createKubeClient,
  type Dial,
  type KubeClient,
  KubeError,
  type ResolvedContext,
} from '../../connections/kubernetes/index.ts';
import { isLoopback } from './describe-context.ts';
import { dialThrough, type ThroughNode } from './through-node.ts';

/** Whoever does not answer so long is looked for on the way through a machine. */
const directMs = 6_000;
/** A command that signs in may ask elsewhere first. */
const mostSignInMs = 60_000;
/** A cluster has few servers; more are not tried. */
const mostNodes = 5;

export interface NodeWay {
  readonly deviceId: string;
  readonly name: string;
  readonly target: SshTarget;
}

export interface ReachOptions {
  readonly context: ResolvedContext;
  readonly ways: Parameters<typeof createKubeClient>[0]['ways'];
  readonly userAgent: string;
  /** Machines of the cluster with SSH, those that did it the last time first. */
  readonly nodes: readonly NodeWay[];
  readonly ssh: Pick<ThroughNode, 'pool' | 'ask'>;
  /** The first of the machines did it the last time: it is tried before the direct way. */
  readonly nodeFirst?: boolean;
  readonly signal: AbortSignal;
}

export interface Reached {
  readonly client: KubeClient;
  readonly dial: Dial | undefined;
  /** Null: directly. */
  readonly via: NodeWay | null;
  /** In words. */
  readonly way: string;
}

/**
 * A client that reaches the API: directly, or where nothing answers, through a machine of its cluster.
 * An answer that says no is an answer. Throws what the direct way says where no way leads there.
 */
export async function reach(options: ReachOptions): Promise<Reached> {
  const { context, nodes, signal, nodeFirst = false } = options;
  const where = new URL(context.cluster.server).host;
  const [known] = nodes;
  if (nodeFirst && known !== undefined) {
    const through = await triedThrough(known, options);
    if ('client' in through) return through;
  }
  const direct = await tried(options, undefined);
  if ('client' in direct) return { ...direct, via: null, way: `${where}, directly` };
  if (!wantsAnotherWay(direct.error, context) || nodes.length === 0) throw direct.error;
  const reasons: string[] = [];
  for (const node of nodes.slice(0, mostNodes)) {
    if (signal.aborted) break;
    const through = await triedThrough(node, options);
    if ('client' in through) return through;
    reasons.push(`through ${node.name}: ${through.error.message}`);
    // The machine reaches it, and what answers there says no.
    if (!isUnreachable(through.error)) throw through.error;
  }
  throw new KubeError(
    'KUBE_UNREACHABLE',
    `${direct.error.message} Also ${reasons.join(' Also ')}`,
    {
      cause: direct.error,
    },
  );
}

async function triedThrough(
  node: NodeWay,
  options: ReachOptions,
): Promise<Reached | { readonly error: RackhelmError }> {
  const through = await tried(options, dialThrough({ ...options.ssh, target: node.target }));
  if (!('client' in through)) return through;
  const where = new URL(options.context.cluster.server).host;
  return { ...through, via: node, way: `${where}, through ${node.name} over SSH` };
}

type Tried =
  | { readonly client: KubeClient; readonly dial: Dial | undefined }
  | { readonly error: RackhelmError };

/** Whatever the API says of the question, it answers. */
async function tried(
  { context, ways, userAgent, signal }: ReachOptions,
  dial: Dial | undefined,
): Promise<Tried> {
  const client = createKubeClient({ context, ways, dial, userAgent });
  const { exec, authProvider } = context.user;
  const signInMs = exec || authProvider ? mostSignInMs : 0;
  const late = AbortSignal.timeout((dial ? 2 * directMs : directMs) + signInMs);
  try {
    await client.version({ signal: AbortSignal.any([signal, late]) });
    return { client, dial };
  } catch (error) {
    if (error instanceof KubeError && error.status !== null) return { client, dial };
    client.close();
    if (!(error instanceof RackhelmError) || signal.aborted) throw error;
    return { error: late.aborted ? noAnswer(context) : error };
  }
}

function noAnswer({ cluster }: ResolvedContext): KubeError {
  return new KubeError('KUBE_UNREACHABLE', `${new URL(cluster.server).host} does not answer.`);
}

function isUnreachable({ code }: RackhelmError): boolean {
  return code === 'KUBE_UNREACHABLE' || code === 'KUBE_ANSWER_ODD';
}

/** Behind 127.0.0.1 anything may answer here that is not the cluster. */
function wantsAnotherWay(error: RackhelmError, { cluster }: ResolvedContext): boolean {
  if (cluster.proxyUrl !== null) return false;
  const isHere = isLoopback(new URL(cluster.server).hostname);
  return isUnreachable(error) || (isHere && error.code.startsWith('KUBE_CERTIFICATE_'));
}
