import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { type Duplex, PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import { FakePods, namespace, podObject } from '../trial/fake-pods.ts';
import { createForwards, type Forwards } from './forwards.ts';

const signal = AbortSignal.timeout(30_000);
let pods: FakePods;
let forwards: Forwards;
let reached: string[];
let streams: Duplex[];
let fault: KubeError | null;

/** A pod answers with what it gets. */
const portForward: KubeClient['portForward'] = async ({ name }, port) => {
  reached.push(`${name}:${port}`);
  if (fault !== null) throw fault;
  const stream = new PassThrough();
  streams.push(stream);
  return stream;
};

beforeEach(() => {
  [reached, streams, fault] = [[], [], null];
  pods = new FakePods({ portForward });
  pods.put(podObject('web-1'));
  forwards = createForwards({ clientOf: () => pods.client, clusterOf: () => 'home' });
});
afterEach(() => forwards.close());

const web = { contextId: 'home', kind: 'deployments.apps', namespace, name: 'web' };
const add = (asked: object = {}) =>
  forwards.add({ ...web, port: 8080, localPort: null, ...asked }, signal);

function open(port: number, host = '127.0.0.1'): Socket {
  const socket = connect(port, host);
  socket.on('error', () => {}); // told by its close
  return socket;
}

const closed = (socket: Socket) => new Promise((resolve) => socket.on('close', resolve));

async function ask(port: number, text: string): Promise<string> {
  const socket = open(port);
  socket.write(text);
  const [said] = await once(socket, 'data');
  socket.destroy();
  return String(said);
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 8_000, interval: 20 });

it('carries bytes both ways, counts them, and is told of until it is stopped', async () => {
  const { id, localPort } = await add();
  expect(await ask(localPort, 'ping')).toBe('ping');
  await until(() =>
    expect(forwards.list()).toMatchObject([
      { pod: 'web-1', served: 1, connections: 0, sent: 4, received: 4, trouble: null },
    ]),
  );
  forwards.stop(id);
  expect(forwards.list()).toEqual([]);
  await closed(open(localPort));
  expect(reached).toEqual(['web-1:8080']);
  expect(() => forwards.stop(id)).toThrow('not forwarded any more');
});

it('tells who follows of each that comes and goes, the last one too', async () => {
  const leave = new AbortController();
  const told: number[] = [];
  const run = async () => {
    for await (const { forwards: all } of forwards.follow(leave.signal)) told.push(all.length);
  };
  const ended = run();
  await until(() => expect(told).toEqual([0]));
  const { id } = await add();
  await until(() => expect(told).toEqual([0, 1]));
  forwards.stop(id);
  await until(() => expect(told).toEqual([0, 1, 0]));
  leave.abort();
  await ended;
});

it('ends connections that stand when it is stopped', async () => {
  const { id, localPort } = await add();
  const socket = open(localPort);
  await until(() => expect(streams).toHaveLength(1));
  forwards.stop(id);
  await closed(socket);
  await until(() => expect(streams[0]?.destroyed).toBe(true));
});

it('goes to another pod of the workload once the one before is gone', async () => {
  const { localPort } = await add();
  await ask(localPort, 'ping');
  pods.delete('web-1');
  pods.put(podObject('web-2'));
  fault = new KubeError('KUBE_NOT_FOUND', 'It is gone.', { status: 404 });
  const socket = open(localPort);
  await until(() => expect(reached).toEqual(['web-1:8080', 'web-1:8080', 'web-2:8080']));
  socket.destroy();
  fault = null;
  expect(await ask(localPort, 'pong')).toBe('pong');
});

it('goes on with the client that its context has by then', async () => {
  const { localPort } = await add();
  await ask(localPort, 'ping');
  const other: string[] = [];
  pods = new FakePods({
    portForward: async ({ name }) => {
      other.push(name);
      return new PassThrough();
    },
  });
  pods.put(podObject('web-1'));
  expect(await ask(localPort, 'pong')).toBe('pong');
  expect(other).toEqual(['web-1']);
});

it('finds the port of a pod behind that of a service, and keeps to what it has', async () => {
  const { localPort } = await add({ kind: 'services', port: 80 });
  await ask(localPort, 'ping');
  expect(reached).toEqual(['web-1:8080']);
  const plain = await add({ kind: 'services', port: 9000 });
  await ask(plain.localPort, 'ping');
  expect(reached.at(-1)).toBe('web-1:9000');
  await expect(add({ kind: 'services', port: 53 })).rejects.toThrow('no port 53 of TCP');
});

it('says of a port that is taken that it is, and of nobody there that nobody is', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const localPort = typeof address === 'object' ? address?.port : null;
  await expect(add({ localPort })).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  other.close();
  pods.delete('web-1');
  await expect(add()).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'No pod of web runs.' });
  expect(forwards.list()).toEqual([]);
});

it('listens on this computer alone', async () => {
  const { localPort } = await add();
  const socket = open(localPort, '127.0.0.2');
  const [error] = await once(socket, 'error').catch((thrown: unknown) => [thrown]);
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

it('tells what went wrong with the last connection, a right that is missing too', async () => {
  const { localPort } = await add();
  fault = new KubeError('KUBE_FORBIDDEN', 'It says: no.', { status: 403 });
  await closed(open(localPort));
  await until(() =>
    expect(forwards.list()[0]?.trouble?.text).toBe(
      'This user may not reach ports of pods in the namespace web. It says: no.',
    ),
  );
  fault = null;
  const socket = open(localPort);
  await until(() => expect(streams).toHaveLength(1));
  streams[0]?.destroy(new KubeError('KUBE_UNREACHABLE', 'Nothing answers on port 8080.'));
  await closed(socket);
  await until(() => expect(forwards.list()[0]?.trouble?.text).toMatch('Nothing answers'));
});
