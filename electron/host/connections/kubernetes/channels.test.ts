import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createKubeClient } from './client.ts';
import { noWays, trialContext } from './trial/context.ts';
import { startTrialApi, type TrialApi } from './trial/trial-api.ts';
import type { ExecSession, KubeClient } from './types.ts';

const signal = AbortSignal.timeout(60_000);
const pod = { namespace: 'default', name: 'web' };
let api: TrialApi;
let client: KubeClient;
let frames: Buffer[];

beforeEach(async () => {
  api = await startTrialApi();
  client = createKubeClient({ context: trialContext(api.url), ways: noWays });
  frames = [];
});
afterEach(async () => {
  client.close();
  await api.close();
});

/** What the other side of the next socket does. */
function answerWith(serve: (socket: WebSocket) => void, protocol = 'v5.channel.k8s.io'): void {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => protocol });
  api.onUpgrade = (request, socket, head) => {
    api.asked.push(request.url ?? '');
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('message', (data: Buffer) => frames.push(data));
      serve(opened);
    });
  };
}

const frame = (channel: number, text: string) =>
  Buffer.concat([Buffer.of(channel), Buffer.from(text)]);

async function read({ output, ended }: ExecSession) {
  let text = '';
  for await (const { stream, data } of output) text += `${stream}:${data.toString()} `;
  return { text, end: await ended };
}

it('tells output, errors and how a command ended, as the kubelet words it', async () => {
  answerWith((socket) => {
    for (const one of [frame(1, ''), frame(1, 'a'), frame(2, 'b')]) socket.send(one);
    const details = { causes: [{ reason: 'ExitCode', message: '3' }] };
    const status = { metadata: {}, status: 'Failure', reason: 'NonZeroExitCode', details };
    socket.send(frame(3, JSON.stringify(status)));
    socket.close();
  });
  const session = await client.exec(pod, { command: ['sh', '-c', 'a b&c'], signal });
  expect(await read(session)).toEqual({ text: 'out:a err:b ', end: { code: 3, message: null } });
  expect(api.asked[0]).toContain('command=sh&command=-c&command=a+b%26c');
});

it('sends what is typed, the size of the terminal, and the end of it', async () => {
  answerWith((socket) => {
    socket.on('message', (data: Buffer) => {
      if (data[0] !== 255) return;
      socket.send(frame(3, '{"status":"Success"}'));
      socket.close();
    });
  });
  const session = await client.exec(pod, { command: ['cat'], stdin: true, tty: true, signal });
  await session.write('hello');
  session.resize({ columns: 80, rows: 24 });
  session.closeStdin();
  expect((await read(session)).end).toEqual({ code: 0, message: null });
  expect(frames.map((data) => [data[0], data.subarray(1).toString()])).toEqual([
    [0, 'hello'],
    [4, '{"Width":80,"Height":24}'],
    [255, '\0'],
  ]);
});

it('says that how it ended is unknown where it broke off', async () => {
  answerWith((socket) => {
    socket.send(frame(1, 'half'));
    setTimeout(() => socket.terminate(), 50);
  });
  const session = await client.exec(pod, { command: ['x'], signal });
  await expect(read(session)).rejects.toMatchObject({ code: 'KUBE_UNREACHABLE' });
});

it('is refused as any other request, and says why', async () => {
  api.onUpgrade = (_, socket) => {
    const body = JSON.stringify({ kind: 'Status', reason: 'Forbidden', message: 'may not exec' });
    socket.end(`HTTP/1.1 403 Forbidden\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  };
  await expect(client.exec(pod, { command: ['x'], signal })).rejects.toMatchObject({
    code: 'KUBE_FORBIDDEN',
    message: expect.stringContaining('may not exec'),
  });
});

it('holds back a command that prints faster than somebody reads', async () => {
  let sent = 0;
  answerWith((socket) => {
    const more = () => {
      if (socket.readyState !== socket.OPEN || socket.bufferedAmount > 4_000_000) return;
      sent += 100_000;
      socket.send(frame(1, 'x'.repeat(100_000)));
      setImmediate(more);
    };
    more();
  });
  const session = await client.exec(pod, { command: ['yes'], signal });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  // What is on its way in the system's buffers, and one megabyte here.
  expect(sent).toBeLessThan(30_000_000);
  session.close();
  for await (const _ of session.output) break;
});

it('carries bytes to a port and back, and tells what the node says where nothing listens', async () => {
  answerWith((socket) => {
    for (const channel of [0, 1]) socket.send(Buffer.of(channel, 0x90, 0x1f));
    socket.on('message', (data: Buffer) => socket.send(data));
  }, 'v4.channel.k8s.io');
  const stream = await client.portForward(pod, 8080, { signal });
  stream.write('ping');
  expect(String((await once(stream, 'data'))[0])).toBe('ping');
  stream.destroy();
  answerWith((socket) => {
    socket.send(Buffer.of(1, 0x90, 0x1f));
    socket.send(frame(1, 'connection refused'));
  }, 'v4.channel.k8s.io');
  const refused = await client.portForward(pod, 8080, { signal });
  const [error] = await once(refused, 'error').catch((thrown: unknown) => [thrown]);
  expect(error).toMatchObject({
    code: 'KUBE_UNREACHABLE',
    message: expect.stringContaining('connection refused'),
  });
});
