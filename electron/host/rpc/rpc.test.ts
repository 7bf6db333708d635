import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Contract } from '../../../shared/contract/index.ts';
import { deviceQuery } from '../../../shared/model/inventory.ts';
import { openDatabase } from '../db/index.ts';
import { type Host, startHost } from '../host.ts';
import { findInstallation } from '../installation.ts';
import { createInventory } from '../inventory/index.ts';
import { sampleFacts } from '../inventory/sample-facts.ts';

type Client = ContractRouterClient<Contract>;

interface Wire {
  readonly client: Client;
  /** Sends something that is no RPC message. */
  sendRaw(data: string | Uint8Array<ArrayBuffer>): void;
  close(): Promise<void>;
}

let folder: string;
let host: Host;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-rpc-'));
  host = await startHost({
    ...findInstallation(import.meta.dirname),
    dataDirectory: folder,
    shell: 'browser',
  });
});

afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

function overPort(): Promise<Wire> {
  const { port1, port2 } = new MessageChannel();
  host.connectPort(port1);
  port2.start();
  return Promise.resolve({
    client: createORPCClient<Client>(new PortLink({ port: asWebPort(port2) })),
    sendRaw: (data) => port2.postMessage(data),
    close: async () => port2.close(),
  });
}

/** Node's port behaves as the browser's does; only the declared types differ. */
function asWebPort(port: MessagePort) {
  return port as unknown as globalThis.MessagePort;
}

async function overSocket(): Promise<Wire> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => host.connectSocket(socket));
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  await new Promise((resolve) => socket.once('open', resolve));
  return {
    client: createORPCClient<Client>(
      new SocketLink({ websocket: socket as unknown as globalThis.WebSocket }), // ws implements the part that is used
    ),
    sendRaw: (data) => socket.send(data),
    close: () =>
      new Promise((resolve) => {
        socket.terminate();
        server.close(() => resolve());
      }),
  };
}

describe.each([
  ['a message port', overPort],
  ['a WebSocket', overSocket],
])('the contract over %s', (_name, open) => {
  let wire: Wire;

  beforeEach(async () => {
    wire = await open();
  });
  afterEach(() => wire.close());

  it('answers with what the schemas promise', async () => {
    const { client } = wire;
    expect(await client.system.info()).toMatchObject({ shell: 'browser', database: 'ready' });
    const { id } = await client.devices.create({ name: 'pi-1', kind: 'sbc' });
    const { rows, total } = await client.devices.list(deviceQuery.parse({}));
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({ id, name: 'pi-1', kind: 'sbc', tags: [], observedAt: null });
  });

  it('carries our errors with code, message and hint', async () => {
    const failure = await wire.client.devices
      .get({ id: uuidv7() })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ORPCError);
    expect(failure).toMatchObject({
      code: 'NOT_FOUND',
      defined: true,
      data: { hint: expect.stringMatching(/\w/) },
    });
  });

  it('tells what a stream fails with as it tells any other failure', async () => {
    const asked = { id: uuidv7(), contextId: uuidv7(), kind: 'pods', namespace: 'a', name: 'b' };
    const stream = await wire.client.cluster.pods.logs.follow(asked);
    await expect(Array.fromAsync(stream)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { hint: expect.any(String) },
    });
  });

  it('says what the tables refuse, where no service foresaw it', async () => {
    const { client } = wire;
    const { id: site } = await client.records.create({ kind: 'site', values: { name: 'Home' } });
    const { id: rack } = await client.records.create({
      kind: 'rack',
      values: { name: 'A', site, heightUnits: 12 },
    });
    const plain = { feed: null, phase: null, volts: 230, amperes: 16, outlets: 0 };
    await expect(
      client.power.addBreaker({ name: 'B1', siteId: uuidv7(), ...plain }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const sites = [];
    for (const name of ['B', 'C']) {
      sites.push((await client.records.create({ kind: 'site', values: { name } })).id);
    }
    await expect(
      client.annotations.tag({ kind: 'site', ids: [...sites, rack], add: ['a'], remove: [] }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await client.inventory.tags()).toEqual([]);
  });

  it('refuses input that the contract does not allow, and writes nothing', async () => {
    const bad = { name: '', kind: 'toaster' } as unknown as { name: string; kind: 'other' }; // what a broken client might send
    await expect(wire.client.devices.create(bad)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await wire.client.inventory.summary()).empty).toBe(true);
  });

  it('undoes and redoes what was shown, or simply the next', async () => {
    const { client } = wire;
    await client.devices.create({ name: 'pi-1', kind: 'sbc' });
    const shown = (await client.history.state()).undo?.id;
    await client.devices.create({ name: 'pi-2', kind: 'sbc' });
    await expect(client.history.undo({ expect: shown })).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
      defined: true,
      data: { hint: expect.stringMatching(/\w/) },
    });
    expect((await client.history.undo()).title).toBe('Undid: Added pi-2');
    expect((await client.history.undo({ expect: shown })).title).toBe('Undid: Added pi-1');
    await expect(client.history.redo({ expect: uuidv7() })).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
    });
    expect((await client.history.redo({ expect: shown })).title).toBe('Redid: Added pi-1');
    expect((await client.history.redo({})).title).toBe('Redid: Added pi-2');
  });

  it('accepts what was shown only', async () => {
    const { client } = wire;
    const { id } = await client.devices.create({ name: 'pi-1', kind: 'sbc' });
    const { observedAt } = await client.devices.compare({ id });
    const elsewhere = openDatabase({ dataDirectory: folder });
    createInventory(elsewhere).recordFacts({ deviceId: id, facts: sampleFacts() });
    elsewhere.close();
    await expect(
      client.devices.accept({ id, chosen: { paths: ['os'] }, observedAt }),
    ).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
      defined: true,
    });
    expect(await client.devices.accept({ id, chosen: { paths: ['os'] } })).toMatchObject({
      accepted: 1,
    });
  });

  it('tells a watcher of changes until it leaves', async () => {
    const events = await wire.client.system.watch();
    expect((await events.next()).value).toEqual({ type: 'listening' });
    await wire.client.devices.create({ name: 'pi-1', kind: 'sbc' });
    expect((await events.next()).value).toEqual({ type: 'inventory' });
    await events.return?.();
    await wire.client.devices.create({ name: 'pi-2', kind: 'sbc' });
    expect((await wire.client.inventory.summary()).devices).toBe(2);
  });

  it('streams a failed connection as events and names what to do', async () => {
    const stream = await wire.client.machines.connect({
      attemptId: uuidv7(),
      target: { host: '127.0.0.1', port: 1 },
    });
    const types: string[] = [];
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === 'failed') expect(event).toMatchObject({ code: 'SSH_REFUSED' });
    }
    expect(types.at(-1)).toBe('failed');
  });

  it('says at once that a device to be read does not exist, or has no SSH host', async () => {
    const { client } = wire;
    const read = async (deviceId: string) => {
      const events: string[] = [];
      for await (const event of await client.machines.connect({ attemptId: uuidv7(), deviceId })) {
        events.push(event.type === 'failed' ? event.message : event.type);
      }
      return events;
    };
    await expect(read(uuidv7())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { id } = await client.devices.create({ name: 'ups', kind: 'ups' });
    expect(await read(id)).toEqual(['ups has no SSH host to connect to.']);
  });

  it.each([
    ['text that is no JSON', 'hello'],
    ['JSON of another shape', '{"a":1}'],
    ['an empty text', ''],
    ['random bytes', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)],
    ['a call of nothing', JSON.stringify({ i: 'stray', p: { u: 'http://x/no/such/procedure' } })],
    ['a prototype name', JSON.stringify({ i: 'stray', p: { u: '/__proto__/constructor', b: {} } })],
    ['a huge id', JSON.stringify({ i: 'x'.repeat(100_000), t: 99, p: null })],
  ])('outlives %s', async (_what, data) => {
    wire.sendRaw(data);
    expect(await wire.client.system.info()).toMatchObject({ database: 'ready' });
  });
});

it('keeps two windows in step: what one changes, the other is told', async () => {
  const [one, other] = [await overPort(), await overSocket()];
  const events = await other.client.system.watch();
  await events.next();
  await one.client.devices.create({ name: 'nas', kind: 'nas' });
  expect((await events.next()).value).toEqual({ type: 'inventory' });
  expect((await other.client.history.state()).undo).toMatchObject({
    changeCount: expect.any(Number),
  });
  await one.close();
  await other.close();
});
