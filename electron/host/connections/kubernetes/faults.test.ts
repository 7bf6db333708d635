import { afterEach, describe, expect, it } from 'vitest';
import { createKubeClient } from './client.ts';
import { configMaps } from './kube-client.contract.ts';
import type { ResolvedCluster, ResolvedUser } from './kubeconfig/resolved.ts';
import { readServerCertificate } from './server-certificate.ts';
import { noWays, trialContext } from './trial/context.ts';
import { pem } from './trial/pki.ts';
import { startTrialApi, type TrialApi } from './trial/trial-api.ts';
import type { FollowEvent, KubeClient, WatchEvent } from './types.ts';

const signal = AbortSignal.timeout(60_000);
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Changed {
  readonly certificate?: string;
  readonly cluster?: Partial<ResolvedCluster>;
  readonly user?: Partial<ResolvedUser>;
}

async function bed({
  certificate,
  ...context
}: Changed = {}): Promise<{ api: TrialApi; client: KubeClient }> {
  const api = await startTrialApi(certificate);
  const client = createKubeClient({ context: trialContext(api.url, context), ways: noWays });
  closing.push(
    () => api.close(),
    () => client.close(),
  );
  return { api, client };
}

const put = (api: TrialApi, name: string) =>
  api.objects.put('configmaps', { metadata: { name } as never }, { before: null, dryRun: false });

describe('who answers', () => {
  it.each([
    ['an expired certificate', { certificate: 'server-expired' }, 'KUBE_CERTIFICATE_EXPIRED'],
    ['one of another name', { certificate: 'server-named' }, 'KUBE_CERTIFICATE_NAME'],
    [
      'one of another authority',
      { cluster: { ca: pem('other-ca') } },
      'KUBE_CERTIFICATE_UNTRUSTED',
    ],
    [
      'one that no authority of this computer knows',
      { cluster: { ca: null } },
      'KUBE_CERTIFICATE_UNTRUSTED',
    ],
  ] as const)('is refused with %s', async (_, changed, code) => {
    const { api, client } = await bed(changed);
    await expect(client.version({ signal })).rejects.toMatchObject({ code });
    expect(api.asked).toEqual([]);
  });

  it('is taken under the name that tls-server-name says', async () => {
    const { client } = await bed({
      certificate: 'server-named',
      cluster: { tlsServerName: 'rack.example' },
    });
    expect(await client.version({ signal })).toMatchObject({ gitVersion: 'v1.37.2' });
  });

  it('is not asked who it is where the kubeconfig says so', async () => {
    const { client } = await bed({
      certificate: 'server-expired',
      cluster: { skipTlsVerify: true, ca: null },
    });
    expect(await client.version({ signal })).toMatchObject({ gitVersion: 'v1.37.2' });
  });

  it('shows its certificate also where it is not trusted', async () => {
    const { api } = await bed({ certificate: 'server-expired' });
    const shown = await readServerCertificate(trialContext(api.url).cluster, { signal });
    expect(shown).toMatchObject({
      subject: 'trial server',
      issuer: 'trial CA',
      names: ['localhost', '127.0.0.1'],
    });
    expect(shown?.notAfter).toBeLessThan(Date.now());
    expect(api.asked).toEqual([]);
  });
});

describe('who asks', () => {
  it('signs in with a certificate', async () => {
    const user = { token: null, cert: pem('client'), key: pem('client-key') };
    const { client } = await bed({ user });
    expect(await client.version({ signal })).toMatchObject({ gitVersion: 'v1.37.2' });
  });

  it('is told that a token is not known, and that a certificate is over', async () => {
    const { client } = await bed({ user: { token: 'bad' } });
    await expect(client.version({ signal })).rejects.toMatchObject({
      code: 'KUBE_UNAUTHORIZED',
      status: 401,
    });
    const user = { token: 'bad', cert: pem('client-expired'), key: pem('client-expired-key') };
    const { api, client: late } = await bed({ user });
    api.fault = () => ({ status: 401 });
    await expect(late.version({ signal })).rejects.toMatchObject({
      code: 'KUBE_CERTIFICATE_EXPIRED',
      message: expect.stringContaining('2021-01-01'),
    });
  });

  it('acts on behalf of another where the kubeconfig says so', async () => {
    const impersonate = { user: 'eve', uid: null, groups: ['a', 'b'], extra: { 'x/y': ['1'] } };
    const { api, client } = await bed({ user: { impersonate } });
    await client.version({ signal });
    expect(api.requests[0]?.headers).toMatchObject({
      'impersonate-user': 'eve',
      'impersonate-group': 'a, b',
      'impersonate-extra-x%2fy': '1',
    });
  });

  it('sends no token that would begin another header', async () => {
    const { api, client } = await bed({ user: { token: 'a\r\nx: y' } });
    await expect(client.version({ signal })).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID' });
    expect(api.asked).toEqual([]);
  });
});

describe('answers', () => {
  it.each([
    [403, 'KUBE_FORBIDDEN'],
    [413, 'KUBE_TOO_LARGE'],
    [500, 'KUBE_FAILED'],
    [503, 'KUBE_FAILED'],
    [302, 'KUBE_ANSWER_ODD'],
  ] as const)('of %i are told as what they are', async (status, code) => {
    const { api, client } = await bed();
    api.fault = () => ({
      status,
      headers: { location: 'https://elsewhere.example' },
      body: '<html>',
    });
    await expect(client.version({ signal })).rejects.toMatchObject({ code, status });
    expect(api.asked).toHaveLength(1);
  });

  it('that ask to wait say how long', async () => {
    const { api, client } = await bed();
    api.fault = () => ({ status: 429, headers: { 'retry-after': '7' } });
    await expect(client.version({ signal })).rejects.toMatchObject({
      code: 'KUBE_BUSY',
      retryAfterMs: 7_000,
    });
  });

  it('without an end, and such that are no JSON, are refused', async () => {
    const { api, client } = await bed();
    api.fault = () => 'endless';
    await expect(
      client.request({ path: '/x', maxBytes: 1024 * 1024, signal }),
    ).rejects.toMatchObject({ code: 'KUBE_TOO_LARGE' });
    api.fault = () => ({ status: 200, body: '<html>' });
    await expect(client.version({ signal })).rejects.toMatchObject({ code: 'KUBE_ANSWER_ODD' });
  });

  it('that do not come are waited for so long only', async () => {
    const { api, client } = await bed();
    api.fault = () => 'hang';
    await expect(client.request({ path: '/x', timeoutMs: 200, signal })).rejects.toMatchObject({
      code: 'KUBE_UNREACHABLE',
    });
  });

  it('come again over a new connection where the kept one was closed meanwhile', async () => {
    const { api, client } = await bed();
    await client.version({ signal });
    let first = true;
    api.fault = () => {
      const fault = first ? ('reset' as const) : undefined;
      first = false;
      return fault;
    };
    expect(await client.version({ signal })).toMatchObject({ gitVersion: 'v1.37.2' });
  });

  it('of several megabytes are read', async () => {
    const { api, client } = await bed();
    const data = { big: 'x'.repeat(5_000_000) };
    api.objects.put(
      'configmaps',
      { metadata: { name: 'big' } as never, data },
      { before: null, dryRun: false },
    );
    const read = await client.get(configMaps, { name: 'big', namespace: 'default' }, { signal });
    expect(read).toMatchObject({ data });
  });

  it('come from older servers, which tell what they serve one by one', async () => {
    const { api, client } = await bed();
    api.aggregated = false;
    const { types } = await client.discovery({ signal });
    expect(types).toContainEqual(
      expect.objectContaining({ resource: 'pods', kind: 'Pod', subresources: ['log'] }),
    );
  });
});

describe('a watch', () => {
  const watched = async (client: KubeClient, silentMs = 10_000): Promise<WatchEvent[]> =>
    Array.fromAsync(client.watch(configMaps, { resourceVersion: '100', silentMs, signal }));

  it('that says nothing counts as silent, and one with bookmarks does not', async () => {
    const { api, client } = await bed();
    api.mute = true;
    expect((await watched(client, 300)).at(-1)).toMatchObject({ reason: 'silent' });
    api.mute = false;
    const later = setTimeout(() => api.cut(), 900);
    expect((await watched(client, 300)).at(-1)).toMatchObject({ reason: 'cut' });
    clearTimeout(later);
  });

  it('from too long ago is gone', async () => {
    const { client } = await bed();
    const events = client.watch(configMaps, { resourceVersion: '1', signal });
    expect((await Array.fromAsync(events)).at(-1)).toMatchObject({
      type: 'END',
      reason: 'gone',
      error: { code: 'KUBE_GONE' },
    });
  });

  it('ends as refused where the server says no', async () => {
    const { api, client } = await bed();
    api.fault = () => ({ status: 403 });
    expect((await watched(client)).at(-1)).toMatchObject({
      reason: 'refused',
      error: { code: 'KUBE_FORBIDDEN' },
    });
  });

  it('ends where a line is no event', async () => {
    const { api, client } = await bed();
    api.fault = () => ({ status: 200, body: '{"type":"ADDED","object":{"metadata":7}}\n' });
    expect((await watched(client)).at(-1)).toMatchObject({
      reason: 'refused',
      error: { code: 'KUBE_ANSWER_ODD' },
    });
  });
});

describe('following', () => {
  it('goes on after the server was away, and misses nothing', async () => {
    const { api, client } = await bed();
    put(api, 'before');
    const leave = new AbortController();
    const seen: string[] = [];
    for await (const event of client.follow(configMaps, { signal: leave.signal })) {
      seen.push(words(event));
      if (event.type === 'listed') {
        put(api, 'during');
        api.fault = () => ({ status: 503, headers: { 'retry-after': '1' } });
        api.cut();
      }
      if (event.type === 'trouble') {
        put(api, 'meanwhile');
        api.fault = () => undefined;
      }
      if (event.type === 'put' && event.object.metadata.name === 'meanwhile') leave.abort();
    }
    expect(seen.filter((word) => word.startsWith('put'))).toEqual(['put during', 'put meanwhile']);
    expect(seen).toContain('well');
    expect(seen.filter((word) => word === 'listed')).toHaveLength(1);
  });

  it('lists anew where it cannot go on from where it was', async () => {
    const { api, client } = await bed();
    put(api, 'one');
    const leave = new AbortController();
    const seen: string[] = [];
    for await (const event of client.follow(configMaps, { signal: leave.signal })) {
      seen.push(words(event));
      if (seen.filter((word) => word === 'listed').length === 2) leave.abort();
      else if (event.type === 'listed') {
        api.objects.oldest = 1_000;
        api.cut();
      }
    }
    expect(seen.filter((word) => word.startsWith('page'))).toEqual(['page true', 'page true']);
  });

  function words(event: FollowEvent): string {
    if ('object' in event) return `${event.type} ${event.object.metadata.name}`;
    return event.type === 'page' ? `page ${event.first}` : event.type;
  }
});

describe('a log', () => {
  it('comes by lines with their times, and a line without an end is cut', async () => {
    const { client } = await bed();
    const lines = await Array.fromAsync(
      client.logs({ namespace: 'default', name: 'web' }, { signal }),
    );
    expect(lines.map(({ at, cut, text }) => [at, cut, text.slice(0, 5)])).toEqual([
      [Date.parse('2026-11-30T10:00:00.5Z'), false, 'first'],
      [Date.parse('2026-11-30T10:00:01Z'), true, 'xxxxx'],
      [Date.parse('2026-11-30T10:00:02Z'), false, 'last'],
    ]);
  });
});

it('says that a budget forbids an eviction now', async () => {
  const { api, client } = await bed();
  const labels = { budget: 'yes' };
  api.objects.put(
    'pods',
    { kind: 'Pod', metadata: { name: 'web', labels } as never },
    { before: null, dryRun: false },
  );
  const pod = { namespace: 'default', name: 'web' };
  await expect(client.evict(pod, { signal })).rejects.toMatchObject({
    code: 'KUBE_BUSY',
    causes: [{ reason: 'DisruptionBudget' }],
  });
});
