import { afterAll, beforeAll, expect, it } from 'vitest';
import { reach } from '../../electron/host/cluster/contexts/reach.ts';
import { createKubeClient } from '../../electron/host/connections/kubernetes/index.ts';
import { noWays, trialContext } from '../../electron/host/connections/kubernetes/trial/context.ts';
import {
  startTrialApi,
  type TrialApi,
} from '../../electron/host/connections/kubernetes/trial/trial-api.ts';
import { describeWith, errorOf, never, useTestBed } from './sshd/index.ts';

describeWith(['sshd'], 'an API that answers on its machine only', () => {
  const bed = useTestBed();
  let api: TrialApi;
  beforeAll(async () => {
    api = await startTrialApi();
  });
  afterAll(() => api.close());

  async function through(config: readonly string[] = []) {
    const sshd = await bed.sshd(config.length > 0 ? { config } : {});
    const client = bed.client();
    const { ask } = client.options();
    const target = bed.target(sshd);
    // Known from now on; nobody is asked later.
    (await client.pool.connect(target, client.options())).release();
    const { port } = new URL(api.url);
    return {
      client,
      target,
      // Nobody answers at this address, neither here nor there: the machine itself is asked then.
      options: {
        context: trialContext(`https://127.0.0.2:${port}`, {
          cluster: { tlsServerName: 'localhost' },
        }),
        ways: noWays,
        userAgent: 'rackhelm',
        nodes: [{ deviceId: 'one', name: 'pi-1', target }],
        ssh: { pool: async () => client.pool, ask },
        signal: never,
      },
    };
  }

  it('is reached through the connection that stands, and says which way it went', async () => {
    const { options } = await through();
    const reached = await reach(options);
    expect(reached.way).toMatch(/through pi-1 over SSH/);
    const [first, second] = await Promise.all([
      reached.client.version({ signal: never }),
      reached.client.request({ path: '/readyz', signal: never }),
    ]);
    expect([first.gitVersion, second]).toEqual(['v1.37.2', 'ok']);
    reached.client.close();
  });

  it('says what the machine says where it lets nothing through', async () => {
    const { options } = await through(['AllowTcpForwarding no']);
    const error = await errorOf(reach(options));
    expect(error.code).toBe('KUBE_UNREACHABLE');
    expect(error.message).toMatch(/pi-1.*sshd forbids it/s);
  });

  it('comes back after the connection was cut', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const connection = await client.pool.connect(bed.target(sshd), client.options());
    const dial = (host: string, port: number) => connection.forward({ host, port }, never);
    const kube = createKubeClient({ context: trialContext(api.url), ways: noWays, dial });
    await kube.version({ signal: never });
    sshd.signalSessions('SIGKILL');
    await expect
      .poll(() => kube.version({ signal: never }).catch(() => null), { timeout: 10_000 })
      .toMatchObject({ gitVersion: 'v1.37.2' });
    kube.close();
    connection.release();
  });
});
