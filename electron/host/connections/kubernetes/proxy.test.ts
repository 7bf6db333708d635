import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createKubeClient } from './client.ts';
import { noWays, trialContext } from './trial/context.ts';
import { pem } from './trial/pki.ts';
import { startTrialApi } from './trial/trial-api.ts';

const signal = AbortSignal.timeout(60_000);

it('goes through the proxy that a kubeconfig names, and is itself with whom it speaks there', async () => {
  const api = await startTrialApi();
  const through: string[] = [];
  const proxy = http.createServer().on('connect', (request, client) => {
    through.push(request.url ?? '');
    const { hostname, port } = new URL(`http://${request.url}`);
    const server = net.connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    for (const one of [server, client]) one.on('error', () => one.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo; // it listens on a port
  const proxyUrl = `http://127.0.0.1:${port}`;
  const user = { token: null, cert: pem('client'), key: pem('client-key') };
  const clientOf = (ca: Buffer) =>
    createKubeClient({
      context: trialContext(api.url, { cluster: { proxyUrl, ca }, user }),
      ways: noWays,
    });
  const client = clientOf(pem('ca'));
  expect(await client.version({ signal })).toMatchObject({ gitVersion: 'v1.37.2' });
  expect(through).toEqual([new URL(api.url).host]);
  const stranger = clientOf(pem('other-ca'));
  await expect(stranger.version({ signal })).rejects.toMatchObject({
    code: 'KUBE_CERTIFICATE_UNTRUSTED',
  });
  proxy.close();
  proxy.closeAllConnections();
  await expect(clientOf(pem('ca')).version({ signal })).rejects.toMatchObject({
    code: 'KUBE_UNREACHABLE',
  });
  client.close();
  stranger.close();
  await api.close();
}, 30_000);
