import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parsePrefix } from '../../../../shared/network/prefix.ts';
import { type Listening, scan } from './scan.ts';

const servers: net.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** The port on which each of these addresses answers with its words. */
async function listening(answers: Record<string, string>): Promise<number> {
  let port = 0;
  for (const [host, words] of Object.entries(answers)) {
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.write(words);
    });
    await new Promise<void>((resolve) => server.listen(port, host, resolve));
    port = (server.address() as net.AddressInfo).port; // it listens on TCP
    servers.push(server);
  }
  return port;
}

const loopback = parsePrefix('127.9.8.0/29');

async function scanned(port: number, more: { rate?: number; signal?: AbortSignal } = {}) {
  if (loopback === undefined) throw new Error('prefix');
  const found: Listening[] = [];
  const progress: number[] = [];
  const tried = await scan(loopback, {
    signal: new AbortController().signal,
    onFound: (one) => found.push(one),
    onProgress: (done) => progress.push(done),
    port,
    rate: 10_000,
    waitMs: 200,
    ...more,
  });
  return { found, progress, tried };
}

describe('a scan', () => {
  it('finds who listens and what it says, and counts every address', async () => {
    const port = await listening({
      '127.9.8.2': 'SSH-2.0-OpenSSH_9.9\r\nmore',
      '127.9.8.5': '',
    });
    const { found, progress, tried } = await scanned(port);
    expect(found.toSorted((a, b) => (a.address < b.address ? -1 : 1))).toEqual([
      { address: '127.9.8.2', said: 'SSH-2.0-OpenSSH_9.9' },
      { address: '127.9.8.5', said: null },
    ]);
    expect(tried).toBe(8);
    expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('takes no more than a line of what somebody says without end', async () => {
    const port = await listening({ '127.9.8.1': 'x'.repeat(100_000) });
    const { found } = await scanned(port);
    expect(found[0]?.said).toHaveLength(255);
  });

  it('begins no more in a second than it may', async () => {
    const port = await listening({ '127.9.8.1': 'SSH\n' });
    const began = performance.now();
    await scanned(port, { rate: 40 });
    expect(performance.now() - began).toBeGreaterThanOrEqual(170);
  });

  it('ends at once when it is cancelled, and tells nothing more', async () => {
    const port = await listening({ '127.9.8.7': 'SSH\n' });
    const cancel = new AbortController();
    const running = scanned(port, { rate: 20, signal: cancel.signal });
    cancel.abort();
    const { found, tried } = await running;
    expect(found).toEqual([]);
    expect(tried).toBeLessThanOrEqual(1);
  });
});
