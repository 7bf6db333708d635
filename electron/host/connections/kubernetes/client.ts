import type http from 'node:http';
import type { Dial } from './agent.ts';
import { Credentials, type CredentialWays, type SignedIn } from './credentials.ts';
import { discover, readVersion } from './discovery.ts';
import { openExec } from './exec.ts';
import { followList } from './follow.ts';
import type { ResolvedContext } from './kubeconfig/resolved.ts';
import { listPages } from './list.ts';
import { logLines } from './logs.ts';
import { openPortForward } from './port-forward.ts';
import { plainReader } from './reading.ts';
import type { KubeClient, ObjectReader, ObjectSource } from './types.ts';
import { watchEvents } from './watch.ts';
import { Wire } from './wire.ts';
import { createWrites } from './write.ts';

export interface KubeClientOptions {
  readonly context: ResolvedContext;
  readonly ways: CredentialWays;
  /** Reaches the API through something else than this computer's own network. */
  readonly dial?: Dial | undefined;
  /** `rackhelm/0.1.0` */
  readonly userAgent?: string;
}

/** A client of one cluster. Nothing is connected before the first question. */
export function createKubeClient(options: KubeClientOptions): KubeClient {
  const { context, ways, dial, userAgent = 'rackhelm' } = options;
  const credentials = new Credentials(context, ways);
  const proxied = context.cluster.proxyUrl === null || dial ? undefined : proxyAgent(context);
  const wire = new Wire({ context, credentials, dial, proxied, userAgent });
  return {
    ...createWrites(wire),
    ...sourceOf(wire, plainReader),
    readBy: (reader) => sourceOf(wire, reader),
    logs: (pod, options) => logLines(wire, pod, options),
    exec: (pod, options) => openExec(wire, pod, options),
    portForward: (pod, port, { signal }) => openPortForward(wire, pod, { port, signal }),
    discovery: ({ signal }) => discover(wire, signal),
    version: ({ signal }) => readVersion(wire, signal),
    clockSkewMs: () => wire.skewMs,
    close: () => wire.close(),
  };
}

function sourceOf<T>(wire: Wire, reader: ObjectReader<T>): ObjectSource<T> {
  const source: ObjectSource<T> = {
    list: (type, options) => listPages({ wire, reader }, type, options),
    watch: (type, options) => watchEvents({ wire, reader }, type, options),
    follow: (type, options) => followList(source, type, options),
  };
  return source;
}

/** The library knows proxies; it takes a while to load, and most clusters need none. */
function proxyAgent(context: ResolvedContext): (who: SignedIn) => Promise<http.Agent> {
  return async (who) => {
    const { libraryAgent } = await import('./library.ts');
    return await libraryAgent(context, who);
  };
}
