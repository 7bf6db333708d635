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
  const askApi = (request: IncomingMessage) =>
    https.request({
      ...{ host: '127.0.0.1', port: localPort, agent, method: request.method, path: request.url },
      headers: headersFor(request),
    });
  front.on('request', (request, response) => {
    if (!isOurs(request, response)) passOn(request, response, askApi(request));
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

function passOn(
  request: IncomingMessage,
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
  request.pipe(asked);
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
