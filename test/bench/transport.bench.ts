import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket, WebSocketServer } from 'ws';
import { startHost } from '../../electron/host/host.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import type { Contract } from '../../shared/contract/index.ts';
import { rowsOf } from '../../shared/model/columns.ts';
import { createLargeInventory } from './large-inventory.ts';
import { type BenchResult, compared, timingOf } from './result.ts';

const devices = 10_000;
const rounds = 12;

/** A whole list on its way from the host to a window: host and client in one process, a real socket. */
export async function run(): Promise<BenchResult[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'rackhelm-bench-'));
  createLargeInventory(directory, { devices, interfacesPerDevice: 4 });
  const host = await startHost({
    ...findInstallation(import.meta.dirname),
    dataDirectory: directory,
    shell: 'browser',
  });
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => host.connectSocket(socket));
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await new Promise((resolve) => socket.once('open', resolve));
    const client = createORPCClient<ContractRouterClient<Contract>>(
      new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }), // ws implements the part that is used
    );
    const result = await measure(client);
    socket.terminate();
    return [result];
  } finally {
    server.close();
    await host.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(client: ContractRouterClient<Contract>): Promise<BenchResult> {
  const columns: number[] = [];
  const rows: number[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const byColumns = await timed(async () =>
      rowsOf((await client.devices.columns({ limit: devices })).list),
    );
    const byRows = await timed(async () => (await client.devices.list({ limit: devices })).rows);
    if (round < 0) continue;
    columns.push(byColumns);
    rows.push(byRows);
  }
  const times = { subject: timingOf(columns), baseline: timingOf(rows) };
  return compared(`all ${devices} devices to a client, by columns`, times, {
    target: 'a third of the same by rows',
    baselineName: 'by rows',
    pass: (_own, ratio) => ratio <= 1 / 3,
  });
}

async function timed(work: () => Promise<readonly unknown[]>): Promise<number> {
  const start = performance.now();
  const { length } = await work();
  if (length !== devices) throw new Error(`${length} devices came`);
  return performance.now() - start;
}
