import type { ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { pem } from '../../electron/host/connections/kubernetes/trial/pki.ts';
import { benchNode, benchPod } from './cluster-pod.ts';

/**
 * An API of a cluster in a process of its own, so that what it costs is not counted: lists in pages,
 * watches with bookmarks, and as many changes a second as it is told. Argument: pods and nodes.
 */
const [pods = 5_000, nodes = 100] = process.argv.slice(2).map(Number);

/** Times are told since then, in milliseconds, as restarts of a container. */
const began = Date.now();
let version = 1_000;
const all: Readonly<Record<string, string[]>> = {
  pods: Array.from({ length: pods }, (_, at) =>
    JSON.stringify(benchPod(at, { version: at, restarts: 0 })),
  ),
  nodes: Array.from({ length: nodes }, (_, at) => JSON.stringify(benchNode(at))),
};
const watches = new Map<ServerResponse, string>();
const verbs = ['get', 'list', 'watch'];

const server = https.createServer({ key: pem('server-key'), cert: pem('server') });
server.on('request', (request, answer) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'https://x');
  const resource = /^\/api\/v1\/([a-z]+)$/.exec(pathname)?.[1];
  if (pathname === '/version') return send(answer, { gitVersion: 'v1.37.2' });
  if (pathname === '/api' || pathname === '/apis') return discover(answer, pathname);
  if (resource === undefined) return send(answer, { kind: 'Status', code: 404 }, 404);
  if (searchParams.get('watch') === 'true') return watch(answer, resource);
  list(answer, resource, searchParams);
});

function send(answer: ServerResponse, value: unknown, status = 200): void {
  answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function discover(answer: ServerResponse, pathname: string): void {
  const kinds = [
    ['pods', 'Pod', 'Namespaced'],
    ['nodes', 'Node', 'Cluster'],
    ['persistentvolumes', 'PersistentVolume', 'Cluster'],
    ['persistentvolumeclaims', 'PersistentVolumeClaim', 'Namespaced'],
  ].map(([resource, kind, scope]) => ({ resource, responseKind: { kind }, scope, verbs }));
  const core = { metadata: {}, versions: [{ version: 'v1', resources: kinds }] };
  const items = pathname === '/api' ? [core] : [];
  const apiVersion = 'apidiscovery.k8s.io/v2';
  // Without these words kubectl takes it for the older form of discovery.
  const type = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
  answer.writeHead(200, { 'content-type': type });
  answer.end(JSON.stringify({ kind: 'APIGroupDiscoveryList', apiVersion, metadata: {}, items }));
}

function list(answer: ServerResponse, resource: string, query: URLSearchParams): void {
  const items = all[resource] ?? [];
  const from = Number(query.get('continue') ?? 0);
  const to = from + Number(query.get('limit') ?? items.length);
  const metadata = {
    resourceVersion: String(version),
    ...(to < items.length && { continue: String(to), remainingItemCount: items.length - to }),
  };
  answer.writeHead(200, { 'content-type': 'application/json' });
  answer.end(
    `{"kind":"${resource === 'pods' ? 'Pod' : 'Node'}List","apiVersion":"v1","metadata":${JSON.stringify(metadata)},"items":[${items.slice(from, to).join(',')}]}`,
  );
}

function watch(answer: ServerResponse, resource: string): void {
  answer.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  watches.set(answer, resource);
  answer.on('close', () => watches.delete(answer));
}

function tell(resource: string, type: string, object: string): void {
  for (const [answer, of] of watches) {
    if (of === resource) answer.write(`{"type":"${type}","object":${object}}\n`);
  }
}

function change(at: number): void {
  version += 1;
  const pod = { apiVersion: 'v1', kind: 'Pod' };
  const text = JSON.stringify({
    ...pod,
    ...benchPod(at, { version, restarts: Date.now() - began }),
  });
  if (all.pods) all.pods[at] = text;
  tell('pods', 'MODIFIED', text);
}

let ticking: NodeJS.Timeout | undefined;
let next = 0;

/** So many changes a second, spread over all pods. */
process.on('message', ({ rate }: { rate: number }) => {
  clearInterval(ticking);
  if (rate === 0) return;
  ticking = setInterval(() => {
    next = (next + 37) % pods;
    change(next);
  }, 1_000 / rate);
});
setInterval(() => {
  const metadata = { resourceVersion: String(version), creationTimestamp: null };
  for (const resource of Object.keys(all))
    tell(resource, 'BOOKMARK', JSON.stringify({ kind: 'x', metadata }));
}, 10_000);

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // it listens on a port
  process.send?.({ port, began });
});
// A bench that was broken off leaves none behind.
process.on('disconnect', () => process.exit());
