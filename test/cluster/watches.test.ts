import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Cluster, describeCluster, startFaultyProxy, until } from './index.ts';

interface Watched {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: an object of any kind, looked into by its test
  readonly object: any;
}

/** A watch as plain as it gets: what came, and whether it ended. */
function watch(cluster: Cluster, server: string, resourceVersion: string) {
  const events: Watched[] = [];
  const state = { events, ended: false };
  const query = `watch=true&resourceVersion=${resourceVersion}`;
  const request = https.get(`${server}/api/v1/namespaces/default/configmaps?${query}`, {
    ca: cluster.authority.certificate,
    ...admin(cluster),
  });
  const end = () => {
    state.ended = true;
  };
  request.on('error', end);
  request.on('response', (response) => {
    let rest = '';
    response.on('error', end);
    response.on('end', end);
    response.on('data', (chunk: Buffer) => {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      events.push(...lines.map((line) => JSON.parse(line)));
    });
  });
  return state;
}

function admin(cluster: Cluster) {
  const { certificate, key } = cluster.authority.issue({
    commonName: 'watcher',
    organizations: ['system:masters'],
  });
  return { cert: certificate, key };
}

const path = '/api/v1/namespaces/default/configmaps';

async function add(cluster: Cluster, name: string): Promise<string> {
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
  return (await cluster.api.must('POST', path, { body })).metadata.resourceVersion;
}

const named = (events: readonly Watched[], name: string) =>
  events.some(({ object }) => object.metadata?.name === name);

describeCluster('watches', { store: 'kine' }, (cluster) => {
  it('goes on where a cut one stopped, with what changed in between', async () => {
    await using proxy = await startFaultyProxy(Number(new URL(cluster().server).port));
    const start = await add(cluster(), 'start');
    const first = watch(cluster(), proxy.server, start);
    const seen = await add(cluster(), 'seen');
    await until('the change is seen', () => named(first.events, 'seen'));
    proxy.refuse();
    await until('the watch has ended', () => first.ended);
    await add(cluster(), 'missed');
    proxy.clear();
    const second = watch(cluster(), proxy.server, seen);
    await until('what was missed is seen', () => named(second.events, 'missed'));
    expect(named(second.events, 'seen')).toBe(false);
  });

  it('is silent through a silent proxy without an end, and gets all of it after', async () => {
    await using proxy = await startFaultyProxy(Number(new URL(cluster().server).port));
    const start = await add(cluster(), 'before-silence');
    const watched = watch(cluster(), proxy.server, start);
    await add(cluster(), 'heard');
    await until('it hears', () => named(watched.events, 'heard'));
    proxy.silent();
    await add(cluster(), 'unheard');
    await sleep(300);
    expect(named(watched.events, 'unheard')).toBe(false);
    expect(watched.ended).toBe(false);
    proxy.clear();
    await until('it hears again', () => named(watched.events, 'unheard'));
  });

  it('is told 410 when what it starts from is forgotten', async () => {
    const old = await add(cluster(), 'long-ago');
    await add(cluster(), 'later');
    await cluster().restartApi();
    const watched = watch(cluster(), cluster().server, String(Number(old) - 20));
    await until('it is told', () => watched.events.length > 0);
    expect(watched.events[0]).toMatchObject({ type: 'ERROR', object: { code: 410 } });
  });
});
