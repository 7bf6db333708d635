import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPods } from '../../electron/host/cluster/index.ts';
import { clientOf, signal } from '../integration/cluster-work-bed.ts';
import { canRunRack, type Rack, startRack } from '../rack/index.ts';
import { programsOf } from './cache.ts';
import type { Cluster } from './cluster.ts';
import { skipOrFail } from './describe-cluster.ts';
import { isNodeReady } from './kwok.ts';
import { barePod, daemonSet } from './objects.ts';
import { joinOnRack, leaveOnRack, startKubelet, startServerOn } from './on-rack.ts';
import { whyNoCluster } from './requirements.ts';
import { until } from './wait.ts';

const reason = canRunRack('cluster') ?? whyNoCluster({ kubelet: true });
const image = 'rackhelm.test/busybox:1';
const namespace = 'default';

function busybox(name: string, command: readonly string[], port?: number) {
  const pod = barePod(name, { namespace, image });
  const container = {
    name,
    image,
    command,
    imagePullPolicy: 'Never',
    ports: port ? [{ containerPort: port }] : [],
  };
  return { ...pod, spec: { containers: [container], terminationGracePeriodSeconds: 1 } };
}

async function phaseOf(cluster: Cluster, name: string): Promise<string> {
  const { body } = await cluster.api.request('GET', `/api/v1/namespaces/${namespace}/pods/${name}`);
  return body.status?.phase ?? 'none';
}

interface RunningPod {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly nodeName: string };
  readonly status: {
    readonly phase: string;
    readonly podIP: string;
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly ready: boolean;
      readonly restartCount: number;
    }[];
  };
}

function tests(rack: () => Rack, cluster: () => Cluster): void {
  const running = (name: string) =>
    until(`the pod ${name} runs`, async () => (await phaseOf(cluster(), name)) === 'Running');

  it('runs pods for real: logs, commands, a forwarded port', async () => {
    await cluster().apply([
      busybox(
        'talks',
        ['sh', '-c', 'echo hello from $(hostname); exec httpd -f -p 8080 -h /etc'],
        8080,
      ),
    ]);
    await running('talks');
    await until(
      'it has said something',
      async () => (await cluster().kubectl(['logs', 'talks'])) !== '',
    );
    expect(await cluster().kubectl(['logs', 'talks'])).toBe('hello from talks\n');
    expect(await cluster().kubectl(['exec', 'talks', '--', 'cat', '/etc/hostname'])).toBe(
      'talks\n',
    );
    expect(
      await cluster().kubectl([
        'get',
        '--raw',
        `/api/v1/namespaces/${namespace}/pods/talks:8080/proxy/hostname`,
      ]),
    ).toBe('talks\n');
  });

  it('forwards a port of a pod', async () => {
    const words = [
      'kubectl',
      '--kubeconfig',
      cluster().adminKubeconfig,
      'port-forward',
      'talks',
      ':8080',
    ];
    const child = spawn(programsOf().kubernetes, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(child.stdout, 'data');
    const port = /127\.0\.0\.1:(\d+)/.exec(String(line))?.[1];
    expect(await (await fetch(`http://127.0.0.1:${port}/hostname`)).text()).toBe('talks\n');
    child.kill();
  });

  it('lets pods of both machines reach each other', async () => {
    const command = ['httpd', '-f', '-p', '8080', '-h', '/etc'];
    await cluster().apply([daemonSet('everywhere', { namespace, image, command })]);
    const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=app%3Deverywhere`;
    const pods = async (): Promise<readonly RunningPod[]> =>
      (await cluster().api.must('GET', path)).items;
    await until('one runs on each', async () => {
      return (await pods()).filter(({ status }) => status.phase === 'Running').length === 2;
    });
    const [here, there] = await pods();
    expect(here?.spec.nodeName).not.toBe(there?.spec.nodeName);
    const ask = ['wget', '-q', '-O', '-', `http://${there?.status.podIP}:8080/hostname`];
    const said = await cluster().kubectl(['exec', here?.metadata.name ?? '', '--', ...ask]);
    expect(said).toBe(`${there?.metadata.name}\n`);
  });

  it('has shells, ports and files that Rackhelm reaches', async () => {
    await cluster().apply([
      busybox('reached', ['sh', '-c', 'echo begun; exec httpd -f -p 8080 -h /etc'], 8080),
    ]);
    await running('reached');
    const client = await clientOf(cluster().adminKubeconfig);
    const pods = createPods({ clientOf: () => client, clusterOf: () => 'rack' });
    const directory = mkdtempSync(path.join(tmpdir(), 'rackhelm-reached-'));
    try {
      const of = { contextId: 'rack', namespace, pod: 'reached', container: 'reached' };
      // It has no bash, and a terminal of the size that was asked for.
      const size = { columns: 101, rows: 33 };
      const said: string[] = [];
      for await (const event of pods.terminals.open({ ...of, id: 'a', size }, signal)) {
        if (event.type === 'open') void pods.terminals.write('a', 'stty size; exit 5\n');
        said.push(event.type === 'data' ? event.text : JSON.stringify(event));
      }
      expect(said[0]).toBe('{"type":"open","shell":"sh"}');
      expect(said.join('')).toContain('33 101');
      expect(said.at(-1)).toContain('"code":5');
      const missing = pods.run({ ...of, command: ['nope'], stdin: null }, signal);
      await expect(Array.fromAsync(missing)).rejects.toMatchObject({ code: 'POD_TOOL_MISSING' });
      const asked = { ...of, path: '/bin/busybox', to: directory, replace: false };
      const events = await Array.fromAsync(pods.download(asked, signal));
      expect(events.at(-1)).toMatchObject({ type: 'done', compared: true });
      const target = { contextId: 'rack', kind: 'pods', namespace, name: 'reached' };
      const { localPort } = await pods.forwards.add(
        { ...target, port: 8080, localPort: null },
        signal,
      );
      expect(await (await fetch(`http://127.0.0.1:${localPort}/hostname`)).text()).toBe(
        'reached\n',
      );
    } finally {
      pods.close();
      client.close();
      rmSync(directory, { recursive: true });
    }
  });

  it('tells of a container that used too much memory', async () => {
    const greedy = busybox('greedy', ['sh', '-c', 'tail /dev/zero']);
    const limits = { memory: '16Mi' };
    const [container] = greedy.spec.containers;
    await cluster().apply([
      {
        ...greedy,
        spec: { ...greedy.spec, containers: [{ ...container, resources: { limits } }] },
      },
    ]);
    await until('it was killed', async () => {
      const { body } = await cluster().api.request(
        'GET',
        `/api/v1/namespaces/${namespace}/pods/greedy`,
      );
      const [status] = body.status?.containerStatuses ?? [];
      const { terminated } = { ...status?.state, ...status?.lastState };
      return (status?.lastState?.terminated ?? terminated)?.reason === 'OOMKilled';
    });
  });

  it('has its pods and its API again after a loss of power', async () => {
    for (const name of ['server-1', 'agent-1']) await rack().node(name).reboot();
    await cluster().ready();
    await until('the pod of agent-1 runs anew', async () => {
      const path = `/api/v1/namespaces/${namespace}/pods?fieldSelector=spec.nodeName%3Dagent-1`;
      const pods: readonly RunningPod[] = (await cluster().api.must('GET', path)).items;
      const statuses = pods.flatMap(({ status }) => status.containerStatuses ?? []);
      return statuses.some(({ name, ready, restartCount }) => {
        return name === 'everywhere' && ready && restartCount > 0;
      });
    });
    expect(await isNodeReady(cluster(), 'agent-1')).toBe(true);
  });

  it('lets a machine leave and come back by the token', async () => {
    await leaveOnRack(cluster(), rack(), 'agent-2');
    const { status } = await cluster().api.request('GET', '/api/v1/nodes/agent-2');
    expect(status).toBe(404);
    await joinOnRack(cluster(), rack(), 'agent-2');
    expect(await isNodeReady(cluster(), 'agent-2')).toBe(true);
  });

  it('does not take one with another token', async () => {
    const node = rack().node('agent-3');
    await startKubelet(cluster(), node, { token: 'rackhe.ffffffffffffffff' });
    await until('it was refused', async () => {
      return (await node.exec('cat /var/log/kubelet.log')).stdout.includes('Unauthorized');
    });
    expect((await cluster().api.request('GET', '/api/v1/nodes/agent-3')).status).toBe(404);
  });
}

if (reason) skipOrFail('Kubernetes on the rack', reason);
else {
  describe('Kubernetes on the rack', () => {
    let rack: Rack | null = null;
    let cluster: Cluster | null = null;
    const there = <T>(value: T | null): T => {
      if (value === null) throw new Error('It is there inside of tests only.');
      return value;
    };
    beforeAll(async () => {
      rack = await startRack({ profile: 'cluster' });
      cluster = await startServerOn(rack, rack.node('server-1'));
      for (const name of ['agent-1', 'agent-2']) await joinOnRack(cluster, rack, name);
    });
    afterAll(async () => {
      cluster?.api.close();
      await rack?.down();
    });
    tests(
      () => there(rack),
      () => there(cluster),
    );
  });
}
