import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { DownloadEvent } from '../../shared/cluster/pods/pod-file.ts';
import type { PodLogEvent } from '../../shared/cluster/pods/pod-log.ts';
import type { TerminalEvent } from '../../shared/terminals/screen.ts';
import { type HostClient, hostWith } from '../cluster/host-client.ts';
import {
  type Cluster,
  deployment,
  describeCluster,
  limitedUser,
  podsOf,
  service,
  startFaultyProxy,
  until,
} from '../cluster/index.ts';

const namespace = 'default';
const web = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;

/** A window that follows the log of a deployment. */
function followLog({ client, contextId }: HostClient, search = '') {
  const leave = new AbortController();
  const texts: string[] = [];
  const states: string[] = [];
  const run = async () => {
    const of = { contextId, kind: 'deployments.apps', namespace, name: 'web' };
    const asked = { ...of, id: crypto.randomUUID(), search, tail: 3 };
    const { signal } = leave;
    for await (const event of await client.cluster.pods.logs.follow(asked, { signal })) {
      take(event);
    }
  };
  const take = (event: PodLogEvent) => {
    if (event.type === 'sources') states.push(...event.sources.map(({ state }) => state));
    else texts.push(...event.lines.map(({ text }) => text));
  };
  const ended = run();
  ended.catch(() => {}); // it was left, or whoever waits for it is told
  const soon = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 50 });
  return { texts, states, ended, soon, leave: () => leave.abort() };
}

describeCluster('Reaching into pods of a real cluster', { nodes: 2 }, (cluster: () => Cluster) => {
  let host: HostClient;
  let here: string;
  let pod: string;
  beforeAll(async () => {
    here = mkdtempSync(path.join(tmpdir(), 'rackhelm-pods-'));
    await cluster().apply([
      deployment('web', { namespace, replicas: 2 }),
      service('web', namespace, 80),
    ]);
    await until('both pods run', async () => {
      const { status } = await cluster().api.must('GET', web);
      return status?.availableReplicas === 2;
    });
    [pod = ''] = (await podsOf(cluster(), namespace, 'web')).map(({ metadata }) => metadata.name);
    host = await hostWith(cluster().adminKubeconfig);
  }, 120_000);
  afterAll(async () => {
    await host?.close();
    rmSync(here, { recursive: true, force: true });
  });

  const place = () => ({ contextId: host.contextId, namespace, pod, container: null });

  it('follows all pods of a workload as one, and goes on after the API was killed', async () => {
    const log = followLog(host);
    await log.soon(() => expect(log.texts).toHaveLength(6));
    expect(log.texts.filter((text) => text.includes('request 200'))).toHaveLength(2);
    await log.soon(() => expect(log.states.at(-1)).toBe('following'));
    await cluster().restartApi({ kill: true });
    await log.soon(() => expect(log.states).toContain('lost'));
    await log.soon(() => expect(log.states.at(-1)).toBe('following'));
    // What was asked for again did not come twice.
    expect(log.texts).toHaveLength(6);
    log.leave();
  }, 90_000);

  it('reads what was before the last restart', async () => {
    const of = { contextId: host.contextId, kind: 'pods', namespace, name: pod };
    const asked = { ...of, id: crypto.randomUUID(), previous: true };
    const events = await Array.fromAsync(await host.client.cluster.pods.logs.follow(asked));
    expect(events[0]).toMatchObject({ lines: [{ text: 'level=fatal msg="out of memory"' }] });
  });

  it('opens a shell, in which what is typed is run', async () => {
    const id = crypto.randomUUID();
    const { terminals } = host.client.cluster.pods;
    const leave = new AbortController();
    const asked = { ...place(), id, size: { columns: 80, rows: 24 } };
    const events: TerminalEvent[] = [];
    const run = async () => {
      for await (const event of await terminals.open(asked, { signal: leave.signal })) {
        events.push(event);
        if (event.type === 'open') await terminals.write({ id, data: 'echo $((40 + 2)) is it\n' });
      }
    };
    const ended = run().catch(() => {}); // it is left
    const said = () => events.map((event) => (event.type === 'data' ? event.text : '')).join('');
    await vi.waitFor(() => expect(said()).toContain('42 is it'), { timeout: 20_000 });
    leave.abort();
    await ended;
  });

  it('forwards a port of a service, and to another pod once that one is gone', async () => {
    const { forwards } = host.client.cluster.pods;
    const of = { contextId: host.contextId, kind: 'services', namespace, name: 'web' };
    const { id, localPort } = await forwards.add({ ...of, port: 80, localPort: null });
    const ask = async () => {
      const socket = connect(localPort, '127.0.0.1');
      socket.on('error', () => {}); // told by its close
      socket.write('ping\n');
      const said = await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      socket.destroy();
      return String(said[0]);
    };
    expect(await ask()).toBe('ping\n');
    const taken = forwards.add({ ...of, port: 80, localPort });
    await expect(taken).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    const before = (await forwards.list()).forwards[0]?.pod ?? '';
    await cluster().api.must('DELETE', `/api/v1/namespaces/${namespace}/pods/${before}`);
    await until('the next one answers', async () => {
      const isAnswered = (await ask()) === 'ping\n';
      return isAnswered && (await forwards.list()).forwards[0]?.pod !== before;
    });
    const { forwards: standing } = await forwards.list();
    expect(standing).toMatchObject([{ id, sent: expect.any(Number) }]);
    await forwards.stop({ id });
    expect((await forwards.list()).forwards).toEqual([]);
  }, 60_000);

  it('lists a folder of a container, and brings a file of it over, compared on both sides', async () => {
    const { files } = host.client.cluster.pods;
    const [now] = await podsOf(cluster(), namespace, 'web');
    const at = { ...place(), pod: now?.metadata.name ?? '' };
    const folder = await files.list({ ...at, path: '/etc' });
    expect(folder.files.map(({ name }) => name)).toEqual(expect.arrayContaining(['passwd']));
    const asked = { ...at, path: '/usr/bin/env', to: here };
    const events: DownloadEvent[] = await Array.fromAsync(await files.download(asked));
    expect(events.at(-1)).toMatchObject({ type: 'done', compared: true });
    expect(readFileSync(path.join(here, 'env')).equals(readFileSync('/usr/bin/env'))).toBe(true);
    await expect(Array.fromAsync(await files.download(asked))).rejects.toMatchObject({
      code: 'LOCAL_FILE_EXISTS',
    });
  });

  it('says what a user lacks who may only see pods', async () => {
    const rules = [
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] },
    ];
    const user = await limitedUser(cluster(), { name: 'looker', rules, namespace });
    const few = await hostWith(cluster().kubeconfigFile({ credentials: user }));
    try {
      const { terminals, files } = few.client.cluster.pods;
      const [now] = await podsOf(cluster(), namespace, 'web');
      const at = {
        contextId: few.contextId,
        namespace,
        pod: now?.metadata.name ?? '',
        container: null,
      };
      const size = { columns: 80, rows: 24 };
      const opened = await terminals.open({ ...at, id: crypto.randomUUID(), size });
      await expect(Array.fromAsync(opened)).rejects.toMatchObject({
        code: 'KUBE_FORBIDDEN',
        message: expect.stringContaining('may not run commands in pods in the namespace default'),
        data: { hint: expect.stringContaining('get and create on pods/exec') },
      });
      await expect(files.list({ ...at, path: '/' })).rejects.toMatchObject({
        code: 'KUBE_FORBIDDEN',
      });
      const log = followLog(few);
      await log.soon(() => expect(log.states).toContain('failed'));
      log.leave();
    } finally {
      await few.close();
    }
  }, 60_000);

  it('says that a shell was lost when the way to it is cut', async () => {
    await using proxy = await startFaultyProxy(Number(new URL(cluster().server).port));
    const far = await hostWith(
      cluster().kubeconfigFile({ credentials: cluster().admin, server: proxy.server }),
    );
    try {
      const [now] = await podsOf(cluster(), namespace, 'web');
      const at = {
        contextId: far.contextId,
        namespace,
        pod: now?.metadata.name ?? '',
        container: null,
      };
      const asked = { ...at, id: crypto.randomUUID(), size: { columns: 80, rows: 24 } };
      let last: TerminalEvent | null = null;
      for await (const event of await far.client.cluster.pods.terminals.open(asked)) {
        last = event;
        if (event.type === 'data') proxy.cut();
      }
      expect(last).toMatchObject({ type: 'ended', code: null, lost: true });
    } finally {
      await far.close();
    }
  }, 60_000);
});
