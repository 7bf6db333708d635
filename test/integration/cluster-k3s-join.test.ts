import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBothK3s, K3sServer, must, uninstall } from '../k3s/index.ts';
import { clientOn, handsOn, tokensOn } from './k3s/cluster-side.ts';
import { changedSince, pictureOf } from './k3s/node-picture.ts';
import { PhaseBed } from './k3s/phase-bed.ts';
import { makeScratch } from './scratch.ts';

describeBothK3s('joining K3s by our phases', (rack, k3s) => {
  let bed: PhaseBed;
  let server: K3sServer;
  const node = (name: string) => rack().node(name);
  const cleanUp = () => Promise.all(rack().nodes.map(uninstall));
  beforeAll(async () => {
    await cleanUp();
    await k3s.prepare(rack());
    bed = new PhaseBed(rack(), k3s);
    server = new K3sServer(node('server-1'));
  });
  afterAll(async () => {
    await bed.close();
    await cleanUp();
  });

  /** As an air-gapped installation brings them. */
  function imagesFile(): string {
    const script = path.join(import.meta.dirname, '../rack/scripts/image-of-busybox.sh');
    const words = [script, 'rackhelm.test/brought:1', 'sh'];
    const image = execFileSync('sh', words, { maxBuffer: 64 * 1024 ** 2 });
    const file = path.join(makeScratch('k3s-images'), 'brought.tar');
    writeFileSync(file, image);
    return file;
  }

  it('makes a first server on SQLite, and takes all of it away again', async () => {
    const before = await pictureOf(rack(), 'server-1');
    const settings = { role: 'first-server', datastore: 'sqlite' } as const;
    const first = await bed.join({ node: 'server-1', settings, tokens: null });
    expect(first.failure).toBeNull();
    await server.waitFor('server-1');
    expect(await must(node('server-1'), 'ls /var/lib/rancher/k3s/server/db')).toContain('state.db');
    await first.undo();
    expect(await changedSince(before, rack(), 'server-1')).toEqual([]);
  }, 180_000);

  it('lets an agent and a second server join an etcd, and leave without a trace', async () => {
    const first = await bed.join({
      ...{ node: 'server-1', tokens: null },
      settings: { role: 'first-server', datastore: 'etcd' },
    });
    expect(first.failure).toBeNull();
    await server.waitFor('server-1');
    const client = await clientOn(server);
    const known = { tokens: tokensOn(server, client), hands: handsOn(client) };
    const before = {
      agent: await pictureOf(rack(), 'agent-1'),
      second: await pictureOf(rack(), 'server-2'),
    };
    const [agent, second] = await Promise.all([
      bed.join({
        ...{ node: 'agent-1', ...known, images: imagesFile() },
        settings: {
          ...{ role: 'agent', server: server.url, labels: { place: 'rack' } },
          taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
        },
      }),
      bed.join({
        ...{ node: 'server-2', ...known },
        settings: { role: 'server', server: server.url },
      }),
    ]);
    expect([agent.failure, second.failure]).toEqual([null, null]);
    for (const name of ['agent-1', 'server-2']) await server.waitFor(name);
    const said = `jsonpath={.metadata.labels.place}:{.spec.taints[?(@.key=="gpu")].value}`;
    expect(await server.kubectl(`get node agent-1 -o '${said}'`)).toBe('rack:yes');
    const images = 'ctr -a /run/k3s/containerd/containerd.sock -n k8s.io images ls -q';
    expect(await must(node('agent-1'), images)).toContain('rackhelm.test/brought:1');
    expect((await server.members()).map(({ name }) => name).sort()).toEqual([
      expect.stringMatching(/^server-1-/),
      expect.stringMatching(/^server-2-/),
    ]);
    await Promise.all([agent.undo(), second.undo()]);
    expect(await server.members()).toHaveLength(1);
    expect(await server.kubectl('get nodes -o name')).toBe('node/server-1\n');
    expect(await changedSince(before.agent, rack(), 'agent-1')).toEqual([]);
    expect(await changedSince(before.second, rack(), 'server-2')).toEqual([]);
  }, 300_000);
});
