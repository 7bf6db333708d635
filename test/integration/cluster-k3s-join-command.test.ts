import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createChecks } from '../../electron/host/engine/checks/index.ts';
import {
  describeK3s,
  type K3sServer,
  k3sFile,
  setFaults,
  startFirstServer,
  uninstall,
} from '../k3s/index.ts';
import { CommandLine } from './command-line.ts';

// Each is several programs over SSH, and a computer may be busy.
vi.setConfig({ testTimeout: 400_000 });

const ended = z.object({
  jobId: z.uuid(),
  state: z.looseObject({ state: z.string() }),
  report: z.string().nullable(),
});

/** What a join may leave on a machine, and no undo may. */
const leftovers =
  'ls -d /etc/rancher /var/lib/rancher /var/lib/kubelet /usr/local/bin/k3s* /etc/systemd/system/k3s* /etc/cni/net.d /run/k3s /var/lib/rackhelm 2>/dev/null; true';

describeK3s('joining a K3s cluster from the command line', (rack) => {
  let line: CommandLine;
  let server: K3sServer;
  let files: string;
  const node = (name: string) => rack().node(name);
  const say = async (name: string, command: string) =>
    (await node(name).exec(command)).stdout.trim();
  const data = () => path.join(line.directory, 'inventory');
  const rackhelm = async (...words: readonly string[]) => {
    const done = await line.run(...words, '--data', data());
    expect(done.exitCode, `${words.join(' ')}: ${done.stderr}${done.stdout}`).toBe(0);
    return done.stdout;
  };
  const ways = () => ['--ssh-config', rack().sshConfigFile, '--timeout', '60'];
  const joinWords = (device: string, ...more: readonly string[]) => [
    'cluster',
    'join',
    device,
    '--files',
    files,
    ...ways(),
    ...more,
  ];
  const join = async (device: string, ...more: readonly string[]) => {
    const done = await line.run(...joinWords(device, ...more), '--yes', '--json', '--data', data());
    return { ...done, said: done.stdout === '' ? null : ended.parse(JSON.parse(done.stdout)) };
  };

  /** How its checks went, by their names. */
  const checked = (name: string) => {
    const database = openDatabase({ dataDirectory: data() });
    try {
      const id = database.tables.devices.idByName(name) ?? '';
      const results = createChecks({ store: database.checks }).of([id]);
      return Object.fromEntries(results.map(({ check, status }) => [check, status]));
    } finally {
      database.close();
    }
  };

  beforeAll(async () => {
    line = new CommandLine();
    for (const name of ['server-1', 'agent-1']) await uninstall(node(name));
    const config = { 'flannel-backend': 'host-gw', disable: ['traefik'] };
    server = await startFirstServer(node('server-1'), config);
    files = path.join(line.directory, 'files');
    mkdirSync(files);
    const { text, sha256 } = k3sFile();
    writeFileSync(path.join(files, 'k3s'), text);
    writeFileSync(path.join(files, 'sha256sum-amd64.txt'), `${sha256}  k3s\n`);
    await rackhelm('add', 'server-1', 'agent-1', ...ways());
    const kubeconfig = path.join(line.directory, 'kubeconfig');
    writeFileSync(kubeconfig, await server.kubeconfig());
    await rackhelm('cluster', 'contexts', '--add', kubeconfig, '--cluster', 'lab');
    await rackhelm('add', 'cluster-member', 'cluster=lab', 'device=server-1', 'role=control-plane');
  });
  afterAll(async () => {
    for (const name of ['server-1', 'agent-1']) await uninstall(node(name));
    await line.close();
  });

  it('shows first what would be done, changes nothing, and tells no secret', async () => {
    const before = await say('agent-1', leftovers);
    const plan = await rackhelm(...joinWords('agent-1', '--plan'));
    expect(plan).toContain(`server: ${server.url}`);
    expect(plan).toContain('is made in the cluster');
    expect(plan).not.toContain(await server.token());
    expect(await say('agent-1', leftovers)).toBe(before);
    expect(await server.kubectl('get secrets -n kube-system -o name')).not.toContain('bootstrap');
  });

  it('joins an agent with its labels, keeps no token that others could use, and undo leaves nothing', async () => {
    const before = await say('agent-1', leftovers);
    const { said, stderr } = await join('agent-1', '--label', 'disk=ssd');
    expect(said?.state, stderr).toMatchObject({ state: 'done' });
    expect(await server.isReady('agent-1')).toBe(true);
    expect(await server.kubectl('get node agent-1 -o jsonpath={.metadata.labels.disk}')).toBe(
      'ssd',
    );
    expect(await server.kubectl('get secrets -n kube-system -o name')).not.toContain('bootstrap');
    expect(await say('agent-1', 'stat -c %a /etc/rancher/k3s/token')).toBe('600');
    expect(checked('agent-1')).toMatchObject({
      ...{ 'onboarding.join-name': 'pass', 'onboarding.join-server': 'pass' },
      ...{ 'onboarding.join-authority': 'pass', 'onboarding.join-clock': 'pass' },
      ...{ 'onboarding.join-version': 'pass', 'onboarding.join-quorum': 'not-applicable' },
    });
    const members = await rackhelm('list', 'cluster-member', '--json');
    expect(members).toContain('agent-1');

    await rackhelm('job', said?.jobId ?? '', '--undo', ...['--ssh-config', rack().sshConfigFile]);
    expect(await say('agent-1', leftovers)).toBe(before);
    expect(await server.kubectl('get nodes -o name')).toBe('node/server-1\n');
    expect(await server.kubectl('get secrets -n kube-system -o name')).not.toContain('agent-1');
    expect(await rackhelm('list', 'cluster-member', '--json')).not.toContain('agent-1');
  });

  it('says in plain words why a machine cannot join, and stops trying', async () => {
    await setFaults(node('agent-1'), 'no-memory-cgroup');
    const { said, exitCode, stderr } = await join('agent-1');
    expect(exitCode).not.toBe(0);
    expect(stderr + JSON.stringify(said)).toMatch(/memory/);
    expect(await say('agent-1', 'systemctl is-active k3s-agent; true')).not.toBe('active');
    await setFaults(node('agent-1'));
  });
});
