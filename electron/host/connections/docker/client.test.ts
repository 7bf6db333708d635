import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDockerClient, type DockerClient, dialSocket, frames } from './index.ts';

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

const version = { Version: '27.3.1', ApiVersion: '1.47', MinAPIVersion: '1.24' };
const { signal } = new AbortController();
let directory: string;
let server: http.Server;
let answers: Answer;
let client: DockerClient;
let asked: string[];

/** A real server on a real socket, that says what a test says. */
beforeEach(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'engine-'));
  const socket = path.join(directory, 'docker.sock');
  asked = [];
  answers = (_, response) => response.end('[]');
  server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url === '/version') response.end(JSON.stringify(version));
    else answers(request, response);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  client = createDockerClient({ dial: dialSocket(socket), where: 'the engine' });
});
afterEach(() => {
  client.close();
  server.closeAllConnections();
  server.close();
  rmSync(directory, { recursive: true });
  delete process.env.DOCKER_HOST;
});

describe('an engine', () => {
  it('is spoken to in a version that both know, whatever DOCKER_HOST says', async () => {
    process.env.DOCKER_HOST = 'ssh://nobody@nowhere.invalid';
    const query = { all: true, filters: { label: ['a b'] }, left: undefined };
    await client.call({ path: '/containers/json', query, signal });
    await client.call({ path: '/images/json', signal });
    const filters = encodeURIComponent('{"label":["a b"]}');
    expect(asked).toEqual([
      'GET /version',
      `GET /v1.47/containers/json?all=true&filters=${filters}`,
      'GET /v1.47/images/json',
    ]);
    expect(process.env.DOCKER_HOST).toBe('ssh://nobody@nowhere.invalid');
  });

  it.each([
    [{ Version: '19.03', ApiVersion: '1.40' }, 'DOCKER_TOO_OLD'],
    [{ hello: 'world' }, 'DOCKER_ANSWER_ODD'],
  ])('that answers %o is refused in words', async (said, code) => {
    server.removeAllListeners('request');
    server.on('request', (_, response) => response.end(JSON.stringify(said)));
    await expect(client.about(signal)).rejects.toMatchObject({ code });
  });

  it('is quoted when it says no, on one line and harmless', async () => {
    answers = (_, response) => {
      response.statusCode = 409;
      response.end(JSON.stringify({ message: 'it\u001b[31m is\nin use.' }));
    };
    const call = client.call({ method: 'POST', path: '/x', body: { A: 1 }, signal });
    await expect(call).rejects.toMatchObject({
      ...{ code: 'DOCKER_CONFLICT', message: 'The engine says: it<U+001B>[31m is in use' },
      status: 409,
    });
  });

  it('is not read endlessly, nor waited for endlessly', async () => {
    answers = (_, response) => response.end('x'.repeat(2_000));
    const large = client.call({ path: '/large', maxBytes: 1_000, signal });
    await expect(large).rejects.toMatchObject({ code: 'DOCKER_TOO_LARGE' });
    answers = () => {};
    const slow = client.call({ path: '/slow', timeoutMs: 50, signal });
    await expect(slow).rejects.toMatchObject({ code: 'DOCKER_UNREACHABLE' });
  });

  it('is asked for so much at once and no more, and streams take no turn of that', async () => {
    const open: http.ServerResponse[] = [];
    answers = (_, response) => {
      open.push(response);
      response.write('{"a":1}\n');
    };
    const stream = await client.lines({ path: '/events', signal });
    expect((await stream.next()).value).toEqual({ a: 1 });
    const calls = Array.from({ length: 20 }, () => client.call({ path: '/x', signal }));
    await expect.poll(() => open.length).toBe(7);
    for (let at = 0; at < 21; at += 1) {
      await expect.poll(() => open.length).toBeGreaterThan(at);
      open[at]?.end();
    }
    expect(await Promise.all(calls)).toHaveLength(20);
    expect((await stream.next()).done).toBe(true);
  });

  it('that is not there is told as that', async () => {
    const dial = dialSocket(path.join(directory, 'none.sock'));
    const none = createDockerClient({ dial, where: 'none.sock' });
    await expect(none.about(signal)).rejects.toMatchObject({ code: 'DOCKER_SOCKET_MISSING' });
  });
});

describe('output of a container', () => {
  const head = (kind: number, size: number) => {
    const bytes = Buffer.alloc(8);
    bytes[0] = kind;
    bytes.writeUInt32BE(size, 4);
    return bytes;
  };
  async function read(pieces: readonly Buffer[]): Promise<string[]> {
    const found: string[] = [];
    for await (const { stream, data } of frames(
      (async function* () {
        yield* pieces;
      })(),
    ))
      found.push(`${stream} ${data.toString()}`);
    return found;
  }

  it('is taken apart, however it is cut into pieces', async () => {
    const whole = Buffer.concat([head(1, 3), Buffer.from('one'), head(2, 3), Buffer.from('two')]);
    expect(await read([whole])).toEqual(['out one', 'err two']);
    const bytes = [...whole].map((byte) => Buffer.of(byte));
    expect((await read(bytes)).map((text) => text.slice(-1)).join('')).toBe('onetwo');
  });

  it('of a terminal is all one', async () => {
    expect((await read([Buffer.from('plain '), Buffer.from('text')])).join('|')).toContain('plain');
  });
});
