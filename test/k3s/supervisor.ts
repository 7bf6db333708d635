import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Api } from '../cluster/api.ts';
import { callerOf, type Handler, readBody, versionMark } from './front.ts';
import { log, reasonOf } from './log.ts';
import { passwordObjection } from './node-password.ts';
import { bootstrapData, readPasswords, type ServerFiles } from './server-files.ts';
import { isBootstrap } from './token.ts';
import { versionText } from './version.ts';

/** What a server tells those that join it; keys as in config.yaml. */
export interface SharedConfig {
  readonly [key: string]: unknown;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly isLearner: boolean;
}

export interface SupervisorParts {
  readonly files: ServerFiles;
  readonly shared: SharedConfig;
  readonly api: Api;
  readonly isReady: () => boolean;
  /** Null: this server has no etcd. */
  readonly members: () => Promise<readonly Member[] | null>;
  readonly rotate: (wanted: string) => Promise<void>;
}

type Who = 'server' | 'node' | null;

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function whoAsks({ api }: SupervisorParts, request: IncomingMessage): Promise<Who> {
  const caller = callerOf(request);
  if (caller) return caller.groups.includes('system:masters') ? 'server' : 'node';
  const [scheme, text = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme === 'Bearer') return (await isLivingToken(api, text)) ? 'node' : null;
  if (scheme !== 'Basic') return null;
  const [user = '', ...rest] = Buffer.from(text, 'base64').toString().split(':');
  const passwords = readPasswords();
  if (user !== 'server' && user !== 'node') return null;
  // A server's password is good for an agent too, unless agents have their own.
  return passwords && same(rest.join(':'), passwords[user]) ? user : null;
}

/** One that was made for agents and has not come to its end. */
async function isLivingToken(api: Api, text: string): Promise<boolean> {
  if (!isBootstrap(text)) return false;
  const [id, secret = ''] = text.split('.');
  const path = `/api/v1/namespaces/kube-system/secrets/bootstrap-token-${id}`;
  const { status, body } = await api.request('GET', path);
  if (status !== 200) return false;
  const field = (name: string) => Buffer.from(String(body.data?.[name] ?? ''), 'base64').toString();
  const ends = field('expiration');
  return same(field('token-secret'), secret) && (ends === '' || Date.parse(ends) > Date.now());
}

type Answer = readonly [status: number, text: string];
const unauthorized: Answer = [401, 'Unauthorized'];

export function supervisorHandler(parts: SupervisorParts): Handler {
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (!/^\/(cacerts|ping|version|v1-k3s\/.*|db\/info)$/.test(path)) return false;
    void answer(parts, request, path)
      .catch((error: unknown): Answer => {
        log(
          'error',
          `Sending HTTP 503 response to ${request.socket.remoteAddress}: ${reasonOf(error)}`,
        );
        return [503, reasonOf(error)];
      })
      .then(([status, text]) => respond(response, status, text));
    return true;
  };
}

function respond(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': text.startsWith('{') ? 'application/json' : 'text/plain',
  });
  response.end(text);
}

async function answer(
  parts: SupervisorParts,
  request: IncomingMessage,
  path: string,
): Promise<Answer> {
  const { files, shared, api } = parts;
  const authority = (name: 'server' | 'client') => files.authority(name).certificate;
  if (path === '/cacerts' || path === '/v1-k3s/server-ca.crt') return [200, authority('server')];
  if (path === '/ping') return [200, 'pong'];
  if (path === '/version') return [200, await versionOf(api)];
  if (!parts.isReady()) return [503, 'apiserver not ready'];
  const who = await whoAsks(parts, request);
  if (who === null) return unauthorized;
  switch (path) {
    case '/v1-k3s/readyz':
      return [200, 'ok'];
    case '/v1-k3s/client-ca.crt':
      return [200, authority('client')];
    case '/v1-k3s/config':
      return [200, JSON.stringify(shared)];
    case '/v1-k3s/apiservers':
      return [200, JSON.stringify(await apiServers(api))];
    case '/v1-k3s/client-kubelet.crt':
    case '/v1-k3s/serving-kubelet.crt':
      return await kubeletCertificate(parts, request, path);
    case '/v1-k3s/client-k3s-controller.crt':
      return [200, pairText(parts, { commonName: 'system:k3s-controller' })];
  }
  if (who !== 'server') return unauthorized;
  switch (path) {
    case '/v1-k3s/server-bootstrap':
      return [200, JSON.stringify(bootstrapData())];
    case '/v1-k3s/token':
      await parts.rotate(await readBody(request));
      return [200, ''];
    case '/db/info': {
      const members = await parts.members();
      return members === null ? [404, 'etcd disabled'] : [200, membersText(members)];
    }
  }
  return [404, 'Not Found'];
}

/** That of K3s, where Kubernetes says its own. */
async function versionOf(api: Api): Promise<string> {
  const told: object = await api.must('GET', '/version');
  return JSON.stringify({ ...told, gitVersion: versionText() }, null, 2);
}

/** Ids are numbers there, larger than JavaScript's are exact. */
function membersText(members: readonly Member[]): string {
  const rows = members.map(({ id, name, peerUrls, clientUrls, isLearner }) => {
    const rest = {
      name,
      peerURLs: peerUrls,
      clientURLs: clientUrls,
      ...(isLearner ? { isLearner } : {}),
    };
    return `{"ID":${id},${JSON.stringify(rest).slice(1)}`;
  });
  return `{"members":[${rows.join(',')}]}\n`;
}

async function apiServers(api: Api): Promise<readonly string[]> {
  const { items } = await api.must(
    'GET',
    '/api/v1/nodes?labelSelector=node-role.kubernetes.io%2Fcontrol-plane',
  );
  return items.flatMap((node: { status?: { addresses?: { type: string; address: string }[] } }) =>
    (node.status?.addresses ?? [])
      .filter(({ type }) => type === 'InternalIP')
      .map(({ address }) => `${address}:6443`),
  );
}

function pairText(
  { files }: SupervisorParts,
  options: Parameters<ReturnType<ServerFiles['authority']>['issue']>[0],
  by: 'server' | 'client' = 'client',
): string {
  const { certificate, key } = files.authority(by).issue(options);
  return `${certificate}${key}`;
}

/** Only who knows the password that the node came with first may be that node. */
async function kubeletCertificate(
  parts: SupervisorParts,
  request: IncomingMessage,
  path: string,
): Promise<Answer> {
  const header = (name: string) => String(request.headers[name] ?? '');
  const [node, password] = [header('k3s-node-name'), header('k3s-node-password')];
  if (node === '' || password === '') return [400, 'node name or password not set'];
  const objection = await passwordObjection(parts.api, node, password);
  if (objection !== null) {
    log(
      'error',
      `Sending HTTP 403 response to ${request.socket.remoteAddress}: unable to verify password for node ${node}: ${objection}`,
    );
    return [403, `unable to verify password for node ${node}: ${objection}`];
  }
  if (path.includes('serving')) {
    const hosts = [
      node,
      'localhost',
      '127.0.0.1',
      ...header('k3s-node-ip').split(',').filter(Boolean),
    ];
    return [200, pairText(parts, { commonName: node, hosts }, 'server')];
  }
  return [
    200,
    pairText(parts, {
      commonName: `system:node:${node}`,
      organizations: ['system:nodes', versionMark(header('k3s-node-version'))],
    }),
  ];
}
