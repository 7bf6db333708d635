import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { describeK3s, K3sServer, k3sFile, uninstall } from '../k3s/index.ts';
import { CommandLine } from './command-line.ts';

// Only by `npm run test:slow`, see vitest.config.ts: what it rests on is tried by `npm test` step by step.
vi.setConfig({ testTimeout: 400_000 });

const ended = z.object({ jobId: z.uuid(), state: z.looseObject({ state: z.string() }) });

describeK3s('servers that join from the command line', (rack) => {
  let line: CommandLine;
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
  const join = async (device: string, ...more: readonly string[]) => {
    const words = ['cluster', 'join', device, '--files', files, ...ways(), ...more];
    const text = await rackhelm(...words, '--yes', '--json');
    return ended.parse(JSON.parse(text));
  };

  beforeAll(async () => {
    line = new CommandLine();
    for (const name of ['server-1', 'server-2']) await uninstall(node(name));
    files = path.join(line.directory, 'files');
    mkdirSync(files);
    const { text, sha256 } = k3sFile();
    writeFileSync(path.join(files, 'k3s'), text);
    writeFileSync(path.join(files, 'sha256sum-amd64.txt'), `${sha256}  k3s\n`);
    await rackhelm('add', 'server-1', 'server-2', ...ways());
    await rackhelm('add', 'cluster', 'name=lab', 'kind=k3s');
  });
  afterAll(async () => {
    for (const name of ['server-2', 'server-1']) await uninstall(node(name));
    await line.close();
  });

  it('makes a cluster on etcd, lets a second server in with the settings of the first, and takes it out again', async () => {
    const { version } = k3sFile();
    const first = await join('server-1', '--datastore', 'etcd', '--k3s-version', version);
    expect(first.state).toMatchObject({ state: 'done' });
    const server = new K3sServer(node('server-1'));
    const kubeconfig = path.join(line.directory, 'kubeconfig');
    writeFileSync(kubeconfig, await server.kubeconfig());
    await rackhelm('cluster', 'contexts', '--add', kubeconfig, '--cluster', 'lab');

    const second = await join('server-2', '--as', 'server');
    expect(second.state).toMatchObject({ state: 'done' });
    expect(await server.kubectl('get nodes -l node-role.kubernetes.io/etcd -o name')).toBe(
      'node/server-1\nnode/server-2\n',
    );
    expect(await rackhelm('list', 'cluster-member', '--json')).toContain('server-2');

    await rackhelm('job', second.jobId, '--undo', '--ssh-config', rack().sshConfigFile);
    expect(await server.kubectl('get nodes -o name')).toBe('node/server-1\n');
    expect(await say('server-2', 'ls -d /etc/rancher /var/lib/rancher 2>/dev/null; true')).toBe('');
  });
});
