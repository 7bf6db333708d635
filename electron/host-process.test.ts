import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Contract } from '../shared/contract/index.ts';
import { isErrorCode } from '../shared/model/errors.ts';
import { fromHost, type ToHost } from './shell/host-messages.ts';

/**
 * The real entry with the real host in a thread of its own. Only `process.parentPort`, which Electron
 * adds, is played: by a script that wraps the thread's own port in the same shape.
 */
const parentPort = `
import { parentPort } from 'node:worker_threads';
process.parentPort = {
  postMessage: (message) => parentPort.postMessage(message),
  on: (_event, listener) => parentPort.on('message', listener),
};`;

let folder = '';
let host: Worker | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-host-'));
});
afterEach(async () => {
  await host?.terminate();
  rmSync(folder, { recursive: true, force: true });
});

function startProcess(dataDirectory: string): Worker {
  host = new Worker(new URL('./host-process.ts', import.meta.url), {
    argv: [
      ...['--data', dataDirectory],
      ...['--resources', path.resolve(import.meta.dirname, '..', 'resources')],
      ...['--release', '9.8.7'],
    ],
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(parentPort)}`],
  });
  return host;
}

const firstMessage = (worker: Worker) =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });

function send(worker: Worker, data: ToHost, ports: MessageChannel['port1'][] = []): void {
  worker.postMessage({ data, ports }, ports);
}

it('says ready, answers over the port that it is given, and closes when asked', async () => {
  const data = path.join(folder, 'data');
  const worker = startProcess(data);
  expect(await firstMessage(worker)).toEqual({ type: 'ready' });

  const { port1, port2 } = new MessageChannel();
  send(worker, { type: 'port' }, [port1]);
  // Node's port is the browser's but for events that no one here uses.
  const link = new RPCLink({ port: port2 as unknown as MessagePort });
  port2.start();
  const client = createORPCClient<ContractRouterClient<Contract>>(link);
  expect(await client.system.info()).toEqual({
    version: '9.8.7',
    shell: 'desktop',
    dataDirectory: data,
    database: 'ready',
    place: null,
  });
  port2.close();

  const ended = new Promise((resolve) => worker.once('exit', resolve));
  send(worker, { type: 'shutdown' });
  expect(await ended).toBe(0);
});

it('says in a sentence why it cannot start', async () => {
  const data = path.join(folder, 'a-file');
  writeFileSync(data, 'no directory');
  const message = fromHost.parse(await firstMessage(startProcess(data)));
  if (message.type !== 'failed') throw new Error('It started on a file.');
  expect(isErrorCode(message.code)).toBe(true);
  expect(message.code).not.toBe('INTERNAL');
  expect(message.message).toContain(data);
  expect(message.message).toMatch(/\.$/);
  expect(message.hint).not.toBe('');
});
