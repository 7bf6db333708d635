import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import type { ConfiguredConnection, Hop } from './hop.ts';
import { openSocket } from './socket.ts';

const never = new AbortController().signal;

/** As much of a hop as it takes to dial. */
function hop(host: string, configured: ConfiguredConnection, port = 22): Hop {
  return {
    alias: host,
    host,
    port,
    user: 'me',
    keyName: host,
    addressName: host,
    namedIdentity: null,
    identityFiles: [],
    identitiesConfigured: false,
    identitiesOnly: false,
    agentSocket: null,
    knownHostsFiles: [],
    timeoutMs: null,
    via: null,
    configured,
  };
}

it.each([
  ['127.0.0.1', { addressFamily: 6 }, '127.0.0.1 is no IPv6 address, and AddressFamily allows'],
  ['::1', { addressFamily: 4 }, '::1 is no IPv4 address, and AddressFamily allows'],
  ['nowhere.invalid', { addressFamily: 6 }, 'No IPv6 address is known for nowhere.invalid'],
  ['127.0.0.1', { bindAddress: '192.0.2.7' }, 'BindAddress 192.0.2.7 is no address of this'],
] as const)(
  'blames the configuration where that leads nowhere: %s, %j',
  async (host, how, said) => {
    const dialled = openSocket(hop(host, how), never);
    await expect(dialled).rejects.toThrow(said);
  },
);

it('dials an address of the family that is asked for', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const socket = await openSocket(hop('127.0.0.1', { addressFamily: 4 }, port), never);
  socket.destroy();
  server.close();
});
