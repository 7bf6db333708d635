import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeK3s,
  type K3sServer,
  must,
  startByHand,
  startFirstServer,
  uninstall,
} from '../k3s/index.ts';
import { UpkeepBed } from './k3s/upkeep-bed.ts';

describeK3s('the token of the servers', (rack) => {
  let bed: UpkeepBed;
  let server: K3sServer;
  const node = (name: string) => rack().node(name);
  const cleanUp = async () => {
    for (const { name } of rack().nodes) {
      await uninstall(node(name));
      await must(node(name), 'rm -rf /var/lib/k3s-*');
    }
  };

  beforeAll(async () => {
    await cleanUp();
    const given = { 'cluster-init': true, token: 'the-old-one' };
    server = await startFirstServer(node('server-1'), given);
    await startByHand(node('agent-1'), 'agent', { server: server.url, token: 'the-old-one' });
    await server.waitFor('agent-1');
    bed = await UpkeepBed.over(rack(), server);
  }, 180_000);
  afterAll(async () => {
    await bed.close();
    await cleanUp();
  });

  it('is rotated by K3s, and both come up with the new one, which neither would with the old', async () => {
    const { id, state } = await bed.run({ kind: 'rotate-token' });
    expect(state.state === 'done' ? 'done' : await bed.log(id)).toBe('done');
    const fresh = await server.token();
    expect(fresh).not.toContain('the-old-one');
    const config = (name: string) => must(node(name), 'cat /etc/rancher/k3s/config.yaml');
    expect(await config('server-1')).toContain(`token: ${fresh}`);
    expect(await config('agent-1')).toContain(fresh.replace('::server:', '::node:'));
    const kept = await must(node('server-1'), 'cat /var/lib/k3s-before-token-*/token');
    expect(kept).toContain('the-old-one');
    expect(await bed.log(id)).not.toContain(fresh.split(':').at(-1));
    await server.waitFor('agent-1');
  });
});
