import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect as connectSocket, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { ServedSocket } from '../rpc/index.ts';
import { startWebServer, type WebServer } from './web-server.ts';

let folder: string;
let server: WebServer;
let connected: ServedSocket[];
const reported: unknown[] = [];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-web-'));
  const staticRoot = path.join(folder, 'static');
  mkdirSync(path.join(staticRoot, 'assets'), { recursive: true });
  writeFileSync(path.join(staticRoot, 'index.html'), '<title>Rackhelm</title>');
  writeFileSync(path.join(staticRoot, 'assets', 'app.js'), 'export {}');
  writeFileSync(path.join(folder, 'secret.html'), 'outside');
  connected = [];
  server = await startWebServer({
    port: 0,
    staticRoot,
    onSocket: (socket) => connected.push(socket),
    report: (error) => reported.push(error),
  });
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** A plain request whose path and headers are sent exactly as given. */
function send(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: server.port, method, path: url, headers },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const own = () => `127.0.0.1:${server.port}`;
const tokenOf = (address: string) => address.split('#token=')[1] ?? '';

async function signIn(): Promise<string> {
  const reply = await send(
    'POST',
    '/session',
    { origin: `http://${own()}` },
    JSON.stringify({ token: tokenOf(server.newAddress()) }),
  );
  return String(reply.headers['set-cookie']).split(';')[0] ?? '';
}

function connect(headers: Record<string, string>, url = '/rpc'): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${own()}${url}`, { headers });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => {});
  });
}

describe('the files of the face', () => {
  it('are served with a policy that allows nothing from elsewhere', async () => {
    const reply = await send('GET', '/');
    expect(reply.status).toBe(200);
    expect(reply.body).toContain('Rackhelm');
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
    expect(reply.headers['content-security-policy']).not.toContain("script-src 'self' '");
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
    expect((await send('GET', '/assets/app.js')).headers['content-type']).toContain('javascript');
  });

  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/assets/../../secret.html',
    '/..%2fsecret.html',
    '//secret.html',
    '/assets',
    '/nothing',
    '/rpc',
    '/session',
    '*',
  ])('are all there is: GET %s is forbidden', async (url) => {
    const reply = await send('GET', url);
    expect(reply.status).toBe(403);
    expect(reply.body).not.toContain('outside');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('answer no %s', async (method) => {
    expect((await send(method, '/')).status).toBe(403);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '10.0.0.1'])(
    'are refused to a page that calls this machine "%s"',
    async (host) => {
      expect((await send('GET', '/', { host })).status).toBe(403);
    },
  );

  it('are served through a tunnel that changes the port', async () => {
    expect((await send('GET', '/', { host: 'localhost:8080' })).status).toBe(200);
  });
});

describe('the one-time token', () => {
  it('is swapped once for a cookie that scripts and other sites cannot use', async () => {
    const body = JSON.stringify({ token: tokenOf(server.newAddress()) });
    const headers = { origin: `http://${own()}` };
    const first = await send('POST', '/session', headers, body);
    expect(first.status).toBe(204);
    expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict; Path=\//);
    const second = await send('POST', '/session', headers, body);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  it('is void once a newer address was made', async () => {
    const old = tokenOf(server.newAddress());
    server.newAddress();
    const reply = await send(
      'POST',
      '/session',
      { origin: `http://${own()}` },
      JSON.stringify({ token: old }),
    );
    expect(reply.status).toBe(403);
  });

  it.each([
    ['from another origin', { origin: 'https://evil.example' }, undefined],
    ['without an origin', {}, undefined],
    ['that is wrong', undefined, JSON.stringify({ token: 'x'.repeat(43) })],
    ['that is empty', undefined, JSON.stringify({ token: '' })],
    ['that is no JSON', undefined, 'token=abc'],
    ['that is huge', undefined, JSON.stringify({ token: 'x'.repeat(100_000) })],
  ])('%s is refused and not used up', async (_what, headers, body) => {
    const token = tokenOf(server.newAddress());
    const right = { origin: `http://${own()}` };
    const reply = await send(
      'POST',
      '/session',
      headers ?? right,
      body ?? JSON.stringify({ token }),
    ).catch(() => ({ status: 403 }));
    expect(reply.status).toBe(403);
    expect((await send('POST', '/session', right, JSON.stringify({ token }))).status).toBe(204);
  });
});

describe('the RPC socket', () => {
  it('opens with the cookie from our own page only', async () => {
    const cookie = await signIn();
    const origin = `http://${own()}`;
    expect(await connect({ cookie, origin })).toBe(101);
    expect(connected.length).toBe(1);
    expect(await connect({ origin })).toBe(403);
    expect(await connect({ cookie })).toBe(403);
    expect(await connect({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await connect({ cookie, origin: 'null' })).toBe(403);
    expect(await connect({ cookie, origin, host: 'evil.example' })).toBe(403);
    expect(await connect({ cookie: `${cookie}x`, origin })).toBe(403);
    expect(await connect({ cookie, origin }, '/other')).toBe(403);
    expect(connected.length).toBe(1);
  });
});

describe('the server', () => {
  it('listens on the loopback address only', async () => {
    const { networkInterfaces } = await import('node:os');
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    for (const { address } of others) {
      await expect(fetch(`http://${address}:${server.port}/`)).rejects.toThrow();
    }
  });

  it('says in a sentence that a port is taken', async () => {
    await expect(
      startWebServer({
        port: server.port,
        staticRoot: path.join(folder, 'static'),
        onSocket: () => {},
        report: () => {},
      }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/EADDRINUSE/),
    });
  });
});

describe('a client that was refused', () => {
  /** Opens a socket that ends its own half only when told to. */
  const open = (head: string): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connectSocket({ host: '127.0.0.1', port: server.port, allowHalfOpen: true });
      socket.once('connect', () => {
        socket.write(head);
        resolve(socket);
      });
      socket.once('error', reject);
    });

  /** Bytes that the server took before it cut the client off. */
  async function sendUntilCutOff(socket: Socket, chunk: string, mostBytes: number) {
    const gone = new Promise<void>((resolve) => {
      socket.once('error', () => resolve());
      socket.once('close', () => resolve());
    });
    let over = false;
    void gone.then(() => {
      over = true;
    });
    socket.resume();
    while (!over && socket.bytesWritten < mostBytes) {
      if (!socket.write(chunk)) {
        await Promise.race([gone, new Promise((resolve) => socket.once('drain', resolve))]);
      } else await new Promise((resolve) => setTimeout(resolve, 1));
    }
    socket.destroy();
    return { cutOff: over, bytes: socket.bytesWritten };
  }

  it('holds no socket by keeping its half of an upgrade open', async () => {
    const socket = await open(
      `GET /rpc HTTP/1.1\r\nHost: ${own()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    );
    expect((await sendUntilCutOff(socket, '.', 100_000)).cutOff).toBe(true);
  });

  it.each([
    ['from another origin', '/session', 'http://evil.example'],
    ['to no page of ours', '/nothing', ''],
    ['that is no token', '/session', 'own'],
  ])('cannot have an endless body swallowed %s', async (_what, url, origin) => {
    const from = origin === 'own' ? `http://${own()}` : origin;
    const socket = await open(
      `POST ${url} HTTP/1.1\r\nHost: ${own()}\r\nOrigin: ${from}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
    const { cutOff, bytes } = await sendUntilCutOff(socket, chunk, 200 * 1024 * 1024);
    expect(cutOff).toBe(true);
    expect(bytes).toBeLessThan(50 * 1024 * 1024);
  });
});
