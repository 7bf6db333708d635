import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pem } from '../../connections/kubernetes/trial/pki.ts';
import { startTrialApi, type TrialApi } from '../../connections/kubernetes/trial/trial-api.ts';
import { contextsBed, kubeconfig, signal } from './trial/contexts-bed.ts';

let api: TrialApi;
let bed: ReturnType<typeof contextsBed>;
const before = process.env.KUBECONFIG;
beforeEach(async () => {
  api = await startTrialApi();
  bed = contextsBed();
});
afterEach(async () => {
  if (before === undefined) delete process.env.KUBECONFIG;
  else process.env.KUBECONFIG = before;
  await bed.close();
  await api.close();
});

const previewOf = (file: string) => bed.contexts.preview({ kind: 'file', path: file }, signal);

describe('a kubeconfig that is looked at', () => {
  it('says how each context signs in, and holds back what it signs in with', async () => {
    const file = bed.write('config', kubeconfig(api.url, { token: 'very-secret' }));
    const preview = await previewOf(file);
    expect(preview).toMatchObject({
      total: 1,
      problems: [],
      contexts: [
        { name: 'default', file, server: api.url, ways: ['token'], current: true, problem: null },
      ],
    });
    expect(JSON.stringify(preview)).not.toContain('very-secret');
  });

  it('keeps two files apart that call everything the same, and says what kubectl would do', async () => {
    const other = await startTrialApi();
    const files = [
      bed.write('one', kubeconfig(api.url)),
      bed.write('two', kubeconfig(other.url, { token: 'bad' })),
    ];
    process.env.KUBECONFIG = files.join(path.delimiter);
    const { previewId, contexts } = await bed.contexts.preview({ kind: 'default' }, signal);
    expect(contexts.map(({ file, server, current }) => [file, server, current])).toEqual([
      [files[0], api.url, true],
      [files[1], other.url, false],
    ]);
    expect(contexts[1]?.warnings.map(({ kind }) => kind)).toContain('another-by-kubectl');
    const keys = contexts.map(({ key }) => key);
    const cluster = { name: 'home', kind: 'k3s' } as const;
    const { contextIds } = await bed.contexts.take({ previewId, keys, cluster }, signal);
    const tests = await Promise.all(contextIds.map((id) => bed.contexts.test(id, signal)));
    expect(tests.map(({ failure }) => failure?.code ?? null)).toEqual([null, 'KUBE_UNAUTHORIZED']);
    await other.close();
  });

  it('takes a user from another file of the set where its own has none, and paths by the folder of their file', async () => {
    const user = {
      name: 'default',
      user: { 'client-certificate': 'keys/client.pem', 'client-key': 'keys/key.pem' },
    };
    mkdirSync(path.join(bed.folder, 'keys'));
    bed.write('keys/client.pem', pem('client').toString());
    bed.write('keys/key.pem', pem('client-key').toString());
    const { users: _, ...withoutUser } = kubeconfig(api.url);
    const files = [
      bed.write('one', withoutUser),
      bed.write('two', { kind: 'Config', users: [user] }),
    ];
    process.env.KUBECONFIG = files.join(path.delimiter);
    const { contexts } = await bed.contexts.preview({ kind: 'default' }, signal);
    expect(contexts).toMatchObject([{ problem: null, ways: ['certificate'] }]);
    expect(contexts[0]?.certificates[0]).toMatchObject({
      of: 'client',
      subject: 'ada',
      standing: 'good',
    });
  });

  it('warns of what is not safe, what expires, and of names that stand there twice', async () => {
    const expired = { 'client-certificate-data': pem('client-expired').toString('base64') };
    const content = kubeconfig(api.url, expired, { 'insecure-skip-tls-verify': true });
    const twice = { ...content, users: [...content.users, { name: 'default', user: {} }] };
    const { contexts } = await previewOf(bed.write('config', twice));
    expect(contexts[0]?.warnings.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['repeated', 'insecure', 'expiring', 'loopback']),
    );
    expect(contexts[0]?.certificates[0]).toMatchObject({ of: 'client', standing: 'expired' });
  });

  it.each([
    ['a missing user', { users: [] }, /user default/],
    ['a missing cluster', { clusters: [] }, /cluster default/],
    [
      'a server that is none',
      { clusters: [{ name: 'default', cluster: { server: 'nonsense' } }] },
      /address/,
    ],
    [
      'a file that is gone',
      { users: [{ name: 'default', user: { 'client-key': '/nowhere/key' } }] },
      /\/nowhere\/key/,
    ],
  ])('shows %s as a problem of that context', async (_, changed, problem) => {
    const { contexts, previewId } = await previewOf(
      bed.write('config', { ...kubeconfig(api.url), ...changed }),
    );
    expect(contexts[0]?.problem).toMatch(problem);
    const keys = [contexts[0]?.key ?? ''];
    const taking = bed.contexts.take(
      { previewId, keys, cluster: { name: 'x', kind: 'k3s' } },
      signal,
    );
    await expect(taking).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID' });
    expect(bed.db.clusterContexts.clusters()).toEqual([]);
  });

  it.each([
    ['a folder', () => bed.folder, /folder/],
    ['no file', () => path.join(bed.folder, 'none'), /does not exist/],
    ['no YAML', () => bed.write('bad', 'a: [\nsecret: x'), /line \d/],
    ['something else', () => bed.write('bad', 'kind: Pod\n'), /no kubeconfig/],
    ['a bomb of references', () => bed.write('bad', bomb()), /refers to itself/],
    ['YAML without a bottom', () => bed.write('bad', '['.repeat(100_000)), /cannot be read/],
    [
      'names that are lists',
      () => bed.write('bad', 'kind: Config\nusers: [{name: [1]}]'),
      /users\.0\.name/,
    ],
  ])('tells of %s, and repeats nothing of it', async (_, file, problem) => {
    const { contexts, problems } = await previewOf(file());
    expect(contexts).toEqual([]);
    expect(problems[0]?.text).toMatch(problem);
    expect(problems[0]?.text).not.toContain('secret');
  });

  it('reads five megabytes without holding up others', async () => {
    const many = Array.from({ length: 1_500 }, (_, at) => ({
      name: `cluster-${at}`,
      cluster: { server: api.url, 'certificate-authority-data': 'A'.repeat(3_200) },
    }));
    const base = kubeconfig(api.url);
    const file = bed.write(
      'large',
      JSON.stringify({ ...base, clusters: [...base.clusters, ...many] }),
    );
    expect(statSync(file).size).toBeGreaterThan(4_900_000);
    let longest = 0;
    let at = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - at);
      at = performance.now();
    }, 5);
    const { contexts } = await previewOf(file);
    clearInterval(beat);
    expect(contexts).toHaveLength(1);
    // Parsing takes a second; copying it from the thread does not.
    expect(longest).toBeLessThan(700);
  }, 60_000);

  function bomb(): string {
    const lines = Array.from(
      { length: 12 },
      (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}, `.repeat(9)}]`,
    );
    return `kind: Config\n${lines.join('\n')}\n`;
  }
});

describe('what is pasted', () => {
  it('is kept as a secret, and goes when it is forgotten', async () => {
    await bed.secrets.setUp({ way: 'key-store' });
    const text = JSON.stringify(kubeconfig(api.url));
    const { previewId, contexts } = await bed.contexts.preview({ kind: 'text', text }, signal);
    const keys = contexts.map(({ key }) => key);
    const cluster = { name: 'home', kind: 'k3s' } as const;
    const { contextIds } = await bed.contexts.take({ previewId, keys, cluster }, signal);
    const [id = ''] = contextIds;
    expect(bed.contexts.list()).toMatchObject([
      { id, name: 'default (pasted)', cluster: { name: 'home' }, source: { kind: 'kept' } },
    ]);
    expect(JSON.stringify(bed.contexts.list())).not.toContain('good');
    expect(await bed.contexts.test(id, signal)).toMatchObject({
      failure: null,
      version: 'v1.37.2',
    });
    await bed.contexts.forget(id);
    expect([bed.contexts.list(), bed.secrets.list({ offset: 0, limit: 9 }).total]).toEqual([[], 0]);
  });

  it('goes on being reached under another name, and its secret moves along', async () => {
    await bed.secrets.setUp({ way: 'key-store' });
    const text = JSON.stringify(kubeconfig(api.url));
    const { previewId, contexts } = await bed.contexts.preview({ kind: 'text', text }, signal);
    const keys = contexts.map(({ key }) => key);
    const cluster = { name: 'home', kind: 'k3s' } as const;
    const taken = await bed.contexts.take({ previewId, keys, cluster }, signal);
    const [id = ''] = taken.contextIds;
    await bed.contexts.rename(id, ' As\u202e admin ');
    expect(bed.contexts.list()).toMatchObject([
      { id, name: expect.stringMatching(/^As.* admin$/) },
    ]);
    expect(bed.contexts.list()[0]?.name).not.toContain('\u202e');
    expect((await bed.contexts.test(id, signal)).failure).toBeNull();
    expect(bed.secrets.list({ offset: 0, limit: 9 }).total).toBe(1);
    await bed.contexts.forget(id);
    expect(bed.secrets.list({ offset: 0, limit: 9 }).total).toBe(0);
    await expect(bed.contexts.rename(id, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not taken while there is no store for it', async () => {
    const text = JSON.stringify(kubeconfig(api.url));
    const { previewId, contexts } = await bed.contexts.preview({ kind: 'text', text }, signal);
    const keys = contexts.map(({ key }) => key);
    const taking = bed.contexts.take(
      { previewId, keys, cluster: { name: 'home', kind: 'k3s' } },
      signal,
    );
    await expect(taking).rejects.toMatchObject({ code: 'SECRETS_NOT_SET_UP' });
    expect(bed.contexts.list()).toEqual([]);
    expect(bed.db.clusterContexts.clusters()).toEqual([]);
  });

  it('names no file by a path that leads nowhere', async () => {
    const text = JSON.stringify(kubeconfig(api.url, { tokenFile: 'token' }));
    const { contexts } = await bed.contexts.preview({ kind: 'text', text }, signal);
    expect(contexts[0]?.problem).toMatch(/without a folder/);
  });
});

describe('what K3s wrote on a server', () => {
  it('is read as root, reached where the machine is, and called after it', async () => {
    await bed.secrets.setUp({ way: 'key-store' });
    const content = JSON.stringify(kubeconfig('https://127.0.0.1:6443'));
    await bed.machine.writeFile(
      { path: '/etc/rancher/k3s/k3s.yaml', content, mode: 0o600 },
      { signal, expect: null },
    );
    const { id } = bed.records.create({
      kind: 'device',
      values: { name: 'pi-1', kind: 'sbc', status: 'active', sshHost: '192.0.2.1' },
    });
    const asking = { signal, ask: async () => ({ kind: 'cancel' }) as const, tell: () => {} };
    const { preview, path: where } = await bed.contexts.fetch(id, asking);
    expect(where).toBe('/etc/rancher/k3s/k3s.yaml');
    expect(preview.contexts).toMatchObject([
      { server: 'https://192.0.2.1:6443', suggestedCluster: 'pi-1' },
    ]);
    const cluster = { name: 'pi-1', kind: 'k3s' } as const;
    await bed.contexts.take(
      { previewId: preview.previewId, keys: [preview.contexts[0]?.key ?? ''], cluster },
      signal,
    );
    expect(bed.contexts.list()).toMatchObject([{ name: 'default (pi-1)' }]);
  });
});

describe('a file that is taken', () => {
  it('is read anew each time and never written', async () => {
    const file = bed.write('config', kubeconfig(api.url, { token: 'bad' }));
    const id = await bed.taken(file);
    expect((await bed.contexts.test(id, signal)).failure?.code).toBe('KUBE_UNAUTHORIZED');
    const renewed = bed.write('config', kubeconfig(api.url));
    const content = readFileSync(renewed, 'utf8');
    expect(await bed.contexts.clientOf(id).version({ signal })).toMatchObject({
      gitVersion: 'v1.37.2',
    });
    expect(readFileSync(renewed, 'utf8')).toBe(content);
  });

  it('is found again by whoever looks on, after its token was renewed', async () => {
    const file = bed.write('config', kubeconfig(api.url));
    const client = bed.contexts.clientOf(await bed.taken(file));
    await client.version({ signal });
    api.fault = ({ headers }) =>
      headers.authorization === 'Bearer good' ? { status: 401 } : undefined;
    bed.write(
      'config',
      kubeconfig(api.url, {
        'client-certificate-data': pem('client').toString('base64'),
        'client-key-data': pem('client-key').toString('base64'),
      }),
    );
    await expect(client.version({ signal })).rejects.toMatchObject({ code: 'KUBE_UNAUTHORIZED' });
    expect(await client.version({ signal })).toMatchObject({ gitVersion: 'v1.37.2' });
  });

  it('tells what of it this user may not do, and works as far as that goes', async () => {
    const id = await bed.taken(bed.write('config', kubeconfig(api.url)));
    api.fault = ({ url = '' }) =>
      url.includes('kube-system')
        ? { status: 403 }
        : url.includes('selfsubjectaccess')
          ? { status: 201, body: '{"status":{"allowed":false}}' }
          : undefined;
    const test = await bed.contexts.test(id, signal);
    expect(test).toMatchObject({ failure: null, version: 'v1.37.2', clusterUid: null });
    expect(test.permissions.find(({ resource }) => resource === 'nodes')).toMatchObject({
      allowed: [],
    });
  });
});

describe('a command that signs in', () => {
  const script = (lines: string) => `#!/bin/sh\n${lines}\n`;
  const credential = {
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token: 'good' },
  };
  function plugin(lines: string, more: object = {}) {
    const command = bed.write('sign-in', script(lines));
    chmodSync(command, 0o755);
    const env = [{ name: 'ACCOUNT', value: 'hidden-value' }];
    const { apiVersion } = credential;
    return { exec: { apiVersion, command, args: ['--for', 'home'], env, ...more } };
  }
  const printing = `echo ran >> "$(dirname "$0")/ran"; echo '${JSON.stringify(credential)}'`;
  const ran = () => {
    try {
      return readFileSync(path.join(bed.folder, 'ran'), 'utf8').split('\n').length - 1;
    } catch {
      return 0;
    }
  };

  it('is shown whole, and runs only once it was allowed', async () => {
    const file = bed.write('config', kubeconfig(api.url, plugin(printing)));
    const { previewId, contexts } = await previewOf(file);
    const { command, key = '' } = contexts[0] ?? {};
    expect(command).toMatchObject({ args: ['--for', 'home'], env: ['ACCOUNT'], allowed: false });
    expect(JSON.stringify(contexts)).not.toContain('hidden-value');
    const id = await bed.taken(file);
    const first = await bed.contexts.test(id, signal);
    expect([first.failure?.code, ran()]).toEqual(['KUBE_COMMAND_NOT_ALLOWED', 0]);
    await bed.contexts.allow({ previewId, key }, command?.hash ?? '', signal);
    const client = bed.contexts.clientOf(id);
    await client.version({ signal });
    await client.version({ signal });
    // Once for all questions, until it is refused or over.
    expect(ran()).toBe(1);
  });

  it('is another one once a part of it changed', async () => {
    const file = bed.write('config', kubeconfig(api.url, plugin(printing)));
    const { previewId, contexts } = await previewOf(file);
    const { command, key = '' } = contexts[0] ?? {};
    await bed.contexts.allow({ previewId, key }, command?.hash ?? '', signal);
    bed.write(
      'config',
      kubeconfig(api.url, plugin(printing, { env: [{ name: 'ACCOUNT', value: 'other' }] })),
    );
    const id = await bed.taken(file);
    expect((await bed.contexts.test(id, signal)).failure?.code).toBe('KUBE_COMMAND_NOT_ALLOWED');
    const stale = bed.contexts.allow({ contextId: id }, command?.hash ?? '', signal);
    await expect(stale).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    expect(ran()).toBe(0);
  });

  it.each([
    ['fails', 'echo "no \u001b[31mlogin" >&2; exit 3', {}, /ended with 3.*no/],
    ['prints something else', 'echo hello', {}, /something else/],
    ['prints without an end', 'yes', {}, /without an end/],
    ['wants a terminal', printing, { interactiveMode: 'Always' }, /terminal/],
    ['is of a version that is not known', printing, { apiVersion: 'x/v1' }, /version/],
  ])('that %s is told with what it said', async (_, lines, more, message) => {
    const file = bed.write('config', kubeconfig(api.url, plugin(lines, more)));
    const { previewId, contexts } = await previewOf(file);
    const { command, key = '' } = contexts[0] ?? {};
    await bed.contexts.allow({ previewId, key }, command?.hash ?? '', signal);
    const { failure } = await bed.contexts.test(await bed.taken(file), signal);
    expect(failure).toMatchObject({
      code: 'KUBE_COMMAND_FAILED',
      message: expect.stringMatching(message),
    });
    expect(failure?.message).not.toContain('\u001b');
  });
});
