import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { pem } from './pki.ts';
import { Refusal, StoredObjects } from './stored-objects.ts';
import { json, respond } from './trial-answers.ts';

/** What is done to a request instead of answering it. */
export type Fault =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | 'hang'
  | 'reset'
  | 'endless';

export interface TrialApi {
  readonly url: string;
  readonly objects: StoredObjects;
  /** Requests as they came: `GET /version`. */
  readonly asked: string[];
  readonly requests: IncomingMessage[];
  /** Asked of each request; undefined: it is answered. */
  fault: (request: IncomingMessage) => Fault | undefined;
  /** Whether watches are told anything. */
  mute: boolean;
  bookmarkMs: number;
  aggregated: boolean;
  onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Breaks all connections, as a server that restarts. */
  cut(): void;
  close(): Promise<void>;
}

/** A small API of a cluster, with faults on demand. `certificate`: of `pki/`. */
export async function startTrialApi(certificate = 'server'): Promise<TrialApi> {
  const objects = new StoredObjects();
  const sockets = new Set<Socket>();
  const server = https.createServer({
    key: pem(`${certificate}-key`),
    cert: pem(certificate),
    requestCert: true,
    rejectUnauthorized: false,
  });
  const api: TrialApi = {
    url: '',
    objects,
    asked: [],
    requests: [],
    fault: () => undefined,
    mute: false,
    bookmarkMs: 50,
    aggregated: true,
    onUpgrade: (_, socket) => socket.destroy(),
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        api.cut();
        server.close(() => resolve());
      }),
  };
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // the client left
  });
  server.on('request', (request, answer) => void serve(api, request, answer));
  server.on('upgrade', (...args) => api.onUpgrade(...args));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return Object.assign(api, { url: `https://127.0.0.1:${port}` });
}

async function serve(api: TrialApi, request: IncomingMessage, answer: ServerResponse) {
  api.asked.push(`${request.method} ${request.url}`);
  api.requests.push(request);
  const fault = api.fault(request);
  if (fault !== undefined) {
    fail(fault, request, answer);
    return;
  }
  try {
    const { authorization } = request.headers;
    const certificate = (request.socket as TLSSocket).getPeerCertificate();
    if (authorization !== 'Bearer good' && certificate.subject?.CN !== 'ada')
      throw new Refusal(401, 'Unauthorized');
    const asked = {
      url: new URL(request.url ?? '', 'https://x'),
      method: request.method ?? '',
      body: await readBody(request),
      type: request.headers['content-type'] ?? '',
    };
    respond(api, asked, answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status: code, reason, details } = error;
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code,
      reason,
      message: `it is ${reason}`,
      details,
    };
    json(answer, status, code);
  }
}

function fail(fault: Fault, request: IncomingMessage, answer: ServerResponse): void {
  const more = () => answer.write(Buffer.alloc(64 * 1024, 'x'), () => setImmediate(more));
  if (fault === 'hang') return;
  if (fault === 'reset') request.socket.destroy();
  else if (fault === 'endless') {
    answer.writeHead(200);
    more();
  } else answer.writeHead(fault.status, fault.headers).end(fault.body ?? '');
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString();
  return text === '' ? null : JSON.parse(text);
}
