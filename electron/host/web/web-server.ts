import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { ServedSocket } from '../rpc/index.ts';
import { commonHeaders } from './headers.ts';
import { refuse, refuseUpgrade } from './refusal.ts';
import { Session } from './session.ts';
import { listStaticFiles, type StaticFile } from './static-files.ts';

export interface WebServerOptions {
  /** 0 picks a free port. */
  readonly port: number;
  /** Folder of the built face. */
  readonly staticRoot: string;
  readonly onSocket: (socket: ServedSocket) => void;
  readonly report: (error: unknown) => void;
}

export interface WebServer {
  readonly port: number;
  /** An address with a fresh one-time token; the one given out before no longer works. */
  newAddress(): string;
  close(): Promise<void>;
}

/** A body larger than this cannot be a token. */
const maxBodyBytes = 4096;
/** Windows hold one each, a loading page a handful for a moment. */
const mostConnections = 256;
/** Milliseconds. All of it comes from this computer, or through a tunnel that a person waits at. */
const timeLimits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};
/** A client that neither sends nor reads for so long is cut off; RPC sockets have no such limit. */
const idleMs = 30_000;
/** How long an end waits for answers that are on their way. */
const lastAnswersMs = 500;
const maxRpcMessageBytes = 16 * 1024 * 1024;
const ownNames = new Set(['127.0.0.1', 'localhost', '[::1]']);
const tokenBody = z.object({ token: z.string().max(200) });

/**
 * Whether a request names this machine as its host. A page elsewhere that resolves its own name to
 * 127.0.0.1 (DNS rebinding) still sends its own name here. The port is free: a tunnel may change it.
 */
function hostIsOurs(request: IncomingMessage): boolean {
  const host = request.headers.host ?? '';
  return ownNames.has(host.replace(/:\d{1,5}$/, '').toLowerCase());
}

function originIsOurs(request: IncomingMessage): boolean {
  return request.headers.origin === `http://${request.headers.host}`;
}

/** Null for a body that is too large; what remains of it is left unread. */
function readBody(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else {
        request.pause();
        resolve(null);
      }
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    // A client that went away in the middle has sent no token.
    request.once('error', () => resolve(null));
    request.once('close', () => resolve(null));
  });
}

function parseToken(body: string): string | null {
  try {
    return tokenBody.parse(JSON.parse(body)).token;
  } catch {
    return null; // not JSON or not of this shape: the same as a wrong token
  }
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: StaticFile): void {
  const immutable = request.url?.startsWith('/assets/') === true;
  const body = file.read();
  response.writeHead(200, {
    ...commonHeaders,
    'content-type': file.type,
    'content-length': body.length,
    'cache-control': immutable ? 'max-age=31536000, immutable' : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function redeemToken(
  request: IncomingMessage,
  response: ServerResponse,
  session: Session,
): Promise<void> {
  const body = originIsOurs(request) ? await readBody(request) : null;
  const token = body === null ? null : parseToken(body);
  const cookie = token === null ? null : session.redeem(token);
  if (cookie === null) return refuse(response);
  response.writeHead(204, { ...commonHeaders, 'set-cookie': cookie, 'cache-control': 'no-store' });
  response.end();
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new RackhelmError('INVALID_INPUT', `Port ${port} cannot be used (${cause.code}).`, {
          hint: 'Choose another --port, or 0 for a free one.',
          cause,
        }),
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)); // listening on TCP, so it is no pipe's name
  });
}

/** Serves the face and its RPC on 127.0.0.1 only. Everything that is not plainly ours gets 403. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const files = listStaticFiles(options.staticRoot);
  const server = createServer(timeLimits);
  server.maxConnections = mostConnections;
  server.timeout = idleMs;
  const port = await listen(server, options.port);
  const session = new Session(port);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxRpcMessageBytes });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const file = files.get(path);
    if (!hostIsOurs(request)) refuse(response);
    else if (request.method === 'POST' && path === '/session')
      await redeemToken(request, response, session);
    else if ((request.method === 'GET' || request.method === 'HEAD') && file !== undefined)
      sendFile(request, response, file);
    else refuse(response);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', options.report);
    const allowed =
      request.url === '/rpc' &&
      hostIsOurs(request) &&
      originIsOurs(request) &&
      session.knows(request.headers.cookie);
    if (!allowed) {
      refuseUpgrade(socket);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', options.report);
      options.onSocket(webSocket);
    });
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.report(error);
      response.destroy();
    });
  });
  server.on('upgrade', upgrade);

  return {
    port,
    newAddress: () => `http://127.0.0.1:${port}/#token=${session.newToken()}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        // A page that is being loaded gets what it asked for.
        const late = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
        server.close(() => {
          clearTimeout(late);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
