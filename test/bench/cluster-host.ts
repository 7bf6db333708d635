import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { Contract } from '../../shared/contract/index.ts';

const serve = path.join(import.meta.dirname, '../../out/main/serve.js');
const probe = path.join(import.meta.dirname, 'turn-probe.mjs');

type Client = ContractRouterClient<Contract>;

/** Since it was asked before. */
export interface Probed {
  /** The longest that its event loop was held up, and how much of it the host itself took. */
  readonly wallMs: number;
  readonly ownMs: number;
  /** Of the whole process, as the system counts it; nothing is collected for it. */
  readonly rssMib: number;
}

export interface BuiltHost {
  readonly client: Client;
  readonly contextId: string;
  probe(): Promise<Probed>;
  close(): Promise<void>;
}

/** The host as it is built and started by people, with one context saved, asked over a socket. */
export async function builtHost(kubeconfig: string): Promise<BuiltHost> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'rackhelm-bench-host-'));
  const child = fork(serve, ['--no-open', '--port', '0', '--data', dataDirectory], {
    execArgv: ['--import', probe],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<URL>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      const told = /ready at (\S+)/.exec(String(chunk))?.[1];
      if (told !== undefined) resolve(new URL(told));
    });
    child.once('exit', (code) => reject(new Error(`The host ended with ${code}.`)));
  });
  const socket = await opened(address);
  const client = createORPCClient<Client>(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }), // ws implements the part that is used
  );
  return {
    client,
    contextId: await saved(client, kubeconfig),
    probe: () =>
      new Promise((resolve) => {
        child.once('message', (message) => resolve(message as Probed)); // the probe tells nothing else
        child.send('?');
      }),
    close: async () => {
      socket.terminate();
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function opened({ origin, host, hash }: URL): Promise<WebSocket> {
  const answer = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token: decodeURIComponent(hash.slice('#token='.length)) }),
  });
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie, origin } });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}

async function saved({ cluster: { contexts } }: Client, file: string): Promise<string> {
  const source = { kind: 'file', path: file } as const;
  const { previewId, contexts: found } = await contexts.preview({ source });
  const keys = found.map(({ key }) => key);
  await contexts.take({ previewId, keys, cluster: { name: 'home' } });
  const [context] = (await contexts.list()).contexts;
  return context?.id ?? '';
}
