import path from 'node:path';
import { KubeError } from '../errors.ts';
import type { ClusterEntry, ExecEntry, UserEntry } from './document.ts';
import type { ExecPlugin, ResolvedCluster, ResolvedContext, ResolvedUser } from './resolved.ts';
import { entryIn, type FoundEntry, meant, type SourceDocument, type SourceSet } from './sources.ts';

/** Reads a certificate or key that a kubeconfig names. Throws RackhelmError with a sentence. */
export type ReadNamedFile = (file: string, signal: AbortSignal) => Promise<Buffer>;

export interface ResolveOptions {
  readonly set: SourceSet;
  /** Whose context it is. */
  readonly own: SourceDocument;
  readonly context: string;
  readonly readFile: ReadNamedFile;
  readonly signal: AbortSignal;
}

/** A context with everything it takes. Throws KUBE_CONFIG_INVALID which says what is missing. */
export async function resolveContext(options: ResolveOptions): Promise<ResolvedContext> {
  const { set, own, context } = options;
  const entry = entryIn(own, 'contexts', context);
  if (entry === null) throw invalid(`There is no context ${context} any more.`);
  const { cluster: clusterName, user: userName, namespace = null } = entry.value;
  if (clusterName === undefined) throw invalid(`The context ${context} names no cluster.`);
  const cluster = meant(set, own, { part: 'clusters', name: clusterName }).found;
  if (cluster === null)
    throw invalid(`The context ${context} names the cluster ${clusterName}, which is not there.`);
  const user =
    userName === undefined ? null : meant(set, own, { part: 'users', name: userName }).found;
  if (userName !== undefined && user === null)
    throw invalid(`The context ${context} names the user ${userName}, which is not there.`);
  return {
    name: context,
    namespace,
    cluster: await resolvedCluster(clusterName, cluster, options),
    user: await resolvedUser(userName ?? '', user ?? { value: {}, source: own }, options),
  };
}

async function resolvedCluster(
  name: string,
  { value, source }: FoundEntry<ClusterEntry>,
  { readFile, signal }: ResolveOptions,
): Promise<ResolvedCluster> {
  const read = bytesOf(source, readFile, signal);
  return {
    name,
    server: checkedServer(value.server, name),
    ca: await read(value['certificate-authority-data'], value['certificate-authority']),
    tlsServerName: value['tls-server-name'] || null,
    proxyUrl: checkedProxy(value['proxy-url']),
    skipTlsVerify: value['insecure-skip-tls-verify'] ?? false,
  };
}

async function resolvedUser(
  name: string,
  { value, source }: FoundEntry<UserEntry>,
  { readFile, signal }: ResolveOptions,
): Promise<ResolvedUser> {
  const read = bytesOf(source, readFile, signal);
  const { tokenFile, username, exec, 'auth-provider': provider } = value;
  return {
    name,
    cert: await read(value['client-certificate-data'], value['client-certificate']),
    key: await read(value['client-key-data'], value['client-key']),
    token: value.token || null,
    tokenFile: tokenFile ? absolute(source, tokenFile) : null,
    password: username === undefined ? null : { user: username, password: value.password ?? '' },
    exec: exec ? pluginOf(exec, source) : null,
    authProvider: provider ? { name: provider.name, config: textsOf(provider.config ?? {}) } : null,
    impersonate: impersonated(value),
  };
}

function impersonated(value: UserEntry): ResolvedUser['impersonate'] {
  if (!value.as) return null;
  return {
    user: value.as,
    uid: value['as-uid'] || null,
    groups: value['as-groups'] ?? [],
    extra: value['as-user-extra'] ?? {},
  };
}

/** Null: it names no command. A command with a folder in it lies beside the kubeconfig. */
export function pluginOf(exec: ExecEntry, source: SourceDocument): ExecPlugin {
  const { command = '', installHint = null, interactiveMode = null } = exec;
  const hasFolder = /[/\\]/.test(command);
  return {
    apiVersion: exec.apiVersion ?? '',
    command: hasFolder && source.file !== null ? absolute(source, command) : command,
    args: exec.args ?? [],
    env: (exec.env ?? []).map(({ name, value }) => ({ name, value })),
    interactiveMode,
    provideClusterInfo: exec.provideClusterInfo ?? false,
    installHint,
  };
}

/** What stands in the kubeconfig itself counts before what it names. */
function bytesOf(source: SourceDocument, readFile: ReadNamedFile, signal: AbortSignal) {
  return async (data: string | undefined, file: string | undefined): Promise<Buffer | null> => {
    if (data) return Buffer.from(data, 'base64');
    return file ? await readFile(absolute(source, file), signal) : null;
  };
}

function absolute({ file }: SourceDocument, named: string): string {
  if (path.isAbsolute(named)) return named;
  if (file !== null) return path.resolve(path.dirname(file), named);
  throw invalid(`It names the file ${named} without a folder, and it lies in none itself.`);
}

export function checkedServer(server: string | undefined, cluster: string): string {
  const url = URL.parse(server ?? '');
  if (url === null || !['https:', 'http:'].includes(url.protocol))
    throw invalid(
      `The server of the cluster ${cluster} is no address like https://10.0.10.11:6443.`,
    );
  if (url.username !== '' || url.search !== '' || url.hash !== '')
    throw invalid(`The server of the cluster ${cluster} holds more than an address and a path.`);
  return url.href.replace(/\/+$/, '');
}

function checkedProxy(proxy: string | undefined): string | null {
  if (!proxy) return null;
  const url = URL.parse(proxy);
  if (url !== null && /^(?:https?|socks(?:4a?|5h?)?):$/.test(url.protocol)) return proxy;
  throw invalid('Its proxy-url is none of http, https or socks5.');
}

function textsOf(config: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function invalid(message: string): KubeError {
  return new KubeError('KUBE_CONFIG_INVALID', message);
}
