import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { read, readPair } from './files.ts';
import { localPort, supervisorPort, tlsDirectory } from './places.ts';

/** Who came with a certificate of the cluster; null: without one. */
export interface Caller {
  readonly name: string;
  readonly groups: readonly string[];
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

const callers = new WeakMap<Socket, Caller | null>();

export function callerOf({ socket }: IncomingMessage): Caller | null {
  if (!(socket instanceof TLSSocket)) return null;
  const known = callers.get(socket);
  if (known !== undefined) return known;
  const caller = socket.authorized ? subjectOf(socket) : null;
  callers.set(socket, caller);
  return caller;
}

function subjectOf(socket: TLSSocket): Caller | null {
  const { subject } = socket.getPeerCertificate();
  if (!subject) return null;
  // Node gives one value as a text and several as a list, against what its types say.
  const groups: unknown = subject.O;
  return {
    name: String(subject.CN),
    groups: groups === undefined ? [] : [groups].flat().map(String),
  };
}

/**
 * Port 6443: what begins with a path of the supervisor is answered here, everything else by the API behind
 * it, which is told who came.
 */
export function startFront(isOurs: Handler): Promise<https.Server> {
  const own = readPair(`${tlsDirectory}/serving-kube-apiserver`);
  const proxy = readPair(`${tlsDirectory}/client-auth-proxy`);
  const agent = new https.Agent({
    keepAlive: true,
    maxSockets: 1_000,
    ca: read(`${tlsDirectory}/server-ca.crt`),
    cert: proxy.certificate,
    key: proxy.key,
  });
  const front = https.createServer({
    key: own.key,
    cert: `${own.certificate}${read(`${tlsDirectory}/server-ca.crt`)}`,
    ca: read(`${tlsDirectory}/client-ca.crt`),
    requestCert: true,
    rejectUnauthorized: false,
    requestTimeout: 0,
  });
  const askApi = (request: IncomingMessage, more: Readonly<Record<string, string>> = {}) =>
    https.request({
      ...{ host: '127.0.0.1', port: localPort, agent, method: request.method, path: request.url },
      headers: { ...headersFor(request), ...more },
    });
  front.on('request', (request, response) => {
    if (isOurs(request, response)) return;
    const version = versionToTell(request);
    if (version === null) return passOn(request, response, askApi(request));
    void readBody(request).then((text) => {
      const body = Buffer.from(text.replace(/("kubeletVersion":)"[^"]*"/g, `$1"${version}"`));
      const asked = askApi(request, { 'content-length': String(body.length) });
      passOn(body, response, asked);
    });
  });
  front.on('upgrade', (request, socket, head) =>
    passUpgrade({ request, head }, socket, askApi(request)),
  );
  front.on('tlsClientError', () => {});
  return new Promise((resolve, reject) => {
    front.on('error', reject);
    front.listen(supervisorPort, () => resolve(front));
  });
}

function headersFor(request: IncomingMessage) {
  const kept = Object.entries(request.headers).filter(([name]) => !name.startsWith('x-remote-'));
  const caller = callerOf(request);
  return {
    ...Object.fromEntries(kept),
    ...(caller === null
      ? {}
      : { 'x-remote-user': caller.name, 'x-remote-group': [...caller.groups] }),
  };
}

const versionGroup = 'k3s-version:';

/** By which a server remembers, in a node's certificate, as which version of K3s it came. */
export function versionMark(version: string): string {
  return `${versionGroup}${version}`;
}

/** Where a kubelet tells its version, that of K3s stands in K3s; here the kubelet knows only its own. */
function versionToTell(request: IncomingMessage): string | null {
  const { method = '', url = '' } = request;
  const isOfNode = /^\/api\/v1\/nodes(\/[^/?]+(\/status)?)?(\?|$)/.test(url);
  if (!isOfNode || !['POST', 'PUT', 'PATCH'].includes(method)) return null;
  const mark = callerOf(request)?.groups.find((group) => group.startsWith(versionGroup));
  return mark === undefined ? null : mark.slice(versionGroup.length);
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function passOn(
  request: IncomingMessage | Buffer,
  response: ServerResponse,
  asked: ReturnType<typeof https.request>,
): void {
  asked.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  asked.on('error', () => {
    if (!response.headersSent) response.writeHead(503);
    response.end('starting');
  });
  response.on('close', () => asked.destroy());
  if (Buffer.isBuffer(request)) asked.end(request);
  else request.pipe(asked);
}

function passUpgrade(
  { request, head }: { readonly request: IncomingMessage; readonly head: Buffer },
  socket: NodeJS.WritableStream & NodeJS.ReadableStream & { destroy(): void },
  asked: ReturnType<typeof https.request>,
): void {
  const begin = (answer: IncomingMessage) => {
    const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
    for (let at = 0; at < answer.rawHeaders.length; at += 2)
      lines.push(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}`);
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  };
  asked.on('upgrade', (answer, far, farHead) => {
    begin(answer);
    if (farHead.length > 0) socket.write(farHead);
    if (head.length > 0) far.write(head);
    far.pipe(socket);
    socket.pipe(far);
    far.on('error', () => socket.destroy());
    socket.on('error', () => far.destroy());
    far.on('close', () => socket.destroy());
    socket.on('close', () => far.destroy());
  });
  asked.on('response', (answer) => {
    begin(answer);
    answer.pipe(socket);
  });
  asked.on('error', () => socket.destroy());
  asked.end();
  void request;
}
