import { describe, expect, it } from 'vitest';
import { sharedSettings } from '../../../../../shared/cluster/k3s-settings.ts';
import { judge } from '../../../engine/checks/index.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { type JoinRead, joinChecks, type ServerTried } from './join-checks.ts';
import { tryServer } from './try-server.ts';

const hash = 'a'.repeat(64);
const tried: ServerTried = {
  ...{ url: 'https://10.0.10.11:6443', outcome: 'answers', hash, evidence: [] },
  clock: { aheadMs: 400, accuracyMs: 2_000 },
};
const usual: JoinRead = {
  cluster: {
    ...{ id: '0190a000-0000-7000-8000-000000000001', name: 'lab', state: 'running' },
    ...{ contextId: null, agents: 0, store: 'etcd', sharedFrom: null, otherFlags: [] },
    servers: [
      {
        ...{ name: 'cp-1', address: '10.0.10.11', deviceId: null, ready: 'ready', etcd: 'voter' },
        version: 'v1.37.2+k3s1',
      },
    ],
    ...{ nodeNames: ['cp-1'], passwordNames: ['old'], caHash: hash, clockAheadMs: 0, unread: [] },
    shared: sharedSettings.parse({}),
  },
  ...{ nodeName: 'pi-3', as: 'agent', version: 'v1.37.2+k3s1', tried, prefixes: [] },
};

function found(
  over: Omit<Partial<JoinRead>, 'cluster'>,
  cluster: Partial<JoinRead['cluster']> = {},
) {
  const read = { ...usual, ...over, cluster: { ...usual.cluster, ...cluster } };
  const subject = { id: null, name: 'pi-3' };
  const results = judge(joinChecks, { read, context: null, subject, at: 1 });
  return Object.fromEntries(
    results.map(({ check, status, found: says }) => [
      check.replace('onboarding.join-', ''),
      `${status}: ${says}`,
    ]),
  );
}

describe('a machine that is to join', () => {
  it('passes where all is in order, and what concerns servers does not concern it', () => {
    const words = Object.values(found({})).map((text) => text.split(':')[0]);
    expect(words).toEqual(['pass', 'pass', 'pass', 'pass', 'pass', 'not-applicable', 'pass']);
  });

  it.each<
    [string, Omit<Partial<JoinRead>, 'cluster'>, Partial<JoinRead['cluster']>, string, RegExp]
  >([
    ['its name is that of a node', { nodeName: 'cp-1' }, {}, 'name', /^fail: There is a node cp-1/],
    ['a former node left its password', { nodeName: 'old' }, {}, 'name', /^fail: .*password/],
    ['passwords may not be seen', {}, { passwordNames: null }, 'name', /^unknown/],
    [
      'nothing lets it through',
      { tried: { ...tried, outcome: 'timed-out' } },
      {},
      'server',
      /^fail: 10\.0\.10\.11:6443 does not answer/,
    ],
    [
      'another cluster answers',
      { tried: { ...tried, hash: 'b'.repeat(64) } },
      {},
      'authority',
      /^fail: It shows bbbb/,
    ],
    [
      'clocks are apart',
      { tried: { ...tried, clock: { aheadMs: 90_000, accuracyMs: 2_000 } } },
      {},
      'clock',
      /^fail: They are 90 s apart/,
    ],
    ['it is newer than the servers', { version: 'v1.38.0+k3s1' }, {}, 'version', /^fail: .*newer/],
    ['it would be an even server', { as: 'server' }, {}, 'quorum', /^warn: With it there are 2/],
    ['there is only SQLite', { as: 'server' }, { store: 'sqlite' }, 'quorum', /^fail: .*SQLite/],
    [
      'a VLAN has addresses of pods',
      { prefixes: [{ prefix: '10.42.8.0/24', name: 'storage' }] },
      {},
      'ranges',
      /^fail: .*10\.42\.8\.0\/24 \(storage\)/,
    ],
  ])('is told where %s', (_, over, cluster, check, says) => {
    expect(found(over, cluster)[check]).toMatch(says);
  });
});

describe('trying a server from a machine', () => {
  const outcome = async (said: string, exit: number) => {
    const node = new TrialNode({
      programs: [
        [/^date/, () => String(Math.floor(Date.now() / 1_000))],
        [/^\{ if command/, () => `${hash}\n`],
        [/^if command -v curl/, () => ({ out: said, exit })],
      ],
    });
    const { signal } = new AbortController();
    return await tryServer(node.machine, { url: 'https://10.0.10.11:6443', signal });
  };

  it('tells an answer with its authority, and the ways in which there is none', async () => {
    expect(await outcome('-----BEGIN CERTIFICATE-----\nx', 0)).toMatchObject({
      ...{ outcome: 'answers', hash, clock: { accuracyMs: 2_000 } },
    });
    const ways = [
      await outcome('curl: (7) Failed to connect: Connection refused', 7),
      await outcome('curl: (28) Connection timed out', 28),
      await outcome('wget: bad address', 1),
      await outcome('no-tool', 0),
      await outcome('<html>', 0),
    ];
    expect(ways.map((one) => one.outcome)).toEqual([
      'refused',
      'timed-out',
      'unknown-name',
      'no-tool',
      'fails',
    ]);
    expect(ways.every((one) => one.hash === null)).toBe(true);
  });
});
