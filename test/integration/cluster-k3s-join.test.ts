import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeK3s, K3sServer, uninstall } from '../k3s/index.ts';
import { changedSince, pictureOf } from './k3s/node-picture.ts';
import { PhaseBed, tokensOf } from './k3s/phase-bed.ts';

describeK3s('joining K3s by our phases', (rack) => {
  let bed: PhaseBed;
  const node = (name: string) => rack().node(name);
  const cleanUp = async () => {
    for (const { name } of rack().nodes) await uninstall(node(name));
  };
  beforeAll(async () => {
    await cleanUp();
    bed = new PhaseBed(rack());
  });
  afterAll(async () => {
    await bed.close();
    await cleanUp();
  });

  it('makes a first server on SQLite and lets an agent join; undo leaves nothing behind', async () => {
    const before = {
      server: await pictureOf(rack(), 'server-1'),
      agent: await pictureOf(rack(), 'agent-1'),
    };
    const first = await bed.join({
      node: 'server-1',
      settings: { role: 'first-server' },
      tokens: null,
    });
    expect(first.failure).toBeNull();
    const server = new K3sServer(node('server-1'));
    await server.waitFor('server-1');
    const joining = {
      node: 'agent-1',
      settings: {
        role: 'agent',
        server: server.url,
        labels: { place: 'rack' },
        taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
      },
      tokens: tokensOf(server),
    } as const;
    const agent = await bed.join({
      ...joining,
      settings: { ...joining.settings, taints: [...joining.settings.taints] },
    });
    expect(agent.failure).toBeNull();
    await server.waitFor('agent-1');
    expect(await server.kubectl('get node agent-1 -o jsonpath={.metadata.labels.place}')).toBe(
      'rack',
    );
    expect(await server.kubectl('get node agent-1 -o jsonpath={.spec.taints[0].key}')).toBe('gpu');
    await agent.undo();
    expect(await changedSince(before.agent, rack(), 'agent-1')).toEqual([]);
    await first.undo();
    expect(await changedSince(before.server, rack(), 'server-1')).toEqual([]);
  }, 240_000);
});
