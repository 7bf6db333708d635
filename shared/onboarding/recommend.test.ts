import { describe, expect, it } from 'vitest';
import type { FactsSummary } from './facts-summary.ts';
import { type RoleView, recommendRole } from './recommend.ts';
import type { NodeRole } from './role.ts';

const gib = 1024 ** 3;
const nothingKnown: FactsSummary = {
  readAt: 0,
  hostname: null,
  os: null,
  osId: null,
  kernel: null,
  architecture: null,
  manufacturer: null,
  model: null,
  serial: null,
  machineId: null,
  board: 'machine',
  cpu: null,
  cores: null,
  memoryBytes: null,
  swapBytes: null,
  systemDisk: null,
  disks: [],
  gpus: [],
  kubernetes: null,
  containerEngines: [],
  listens: [],
  links: [],
  defaultLink: null,
  gateway: null,
  dns: [],
  unread: [],
};
const disk = (kind: 'nvme' | 'ssd' | 'hdd' | 'sd-card', gibs: number, name = kind as string) => ({
  name,
  kind,
  sizeBytes: gibs * gib,
  model: null,
});
const pi: FactsSummary = {
  ...nothingKnown,
  board: 'raspberry-pi',
  architecture: 'arm64',
  cores: 4,
  memoryBytes: 7.8 * gib,
  systemDisk: disk('sd-card', 60),
};
const mini: FactsSummary = {
  ...nothingKnown,
  architecture: 'amd64',
  cores: 8,
  memoryBytes: 31 * gib,
  systemDisk: disk('nvme', 476),
};
const alone: RoleView = {
  cluster: null,
  domains: [],
  storageDevices: 1,
  gpuDevices: 0,
  edgeDevices: 1,
};
const clusterOf = (
  roles: readonly string[],
  domains: readonly (string | null)[] = [],
): RoleView => ({
  ...alone,
  cluster: {
    name: 'home',
    runs: false,
    members: roles.map((role, at) => ({
      deviceName: `node-${at + 1}`,
      role,
      domains: domains[at] === null || domains[at] === undefined ? [] : [domains[at]],
    })),
  },
});
const best = (facts: FactsSummary, view: RoleView) => recommendRole(facts, view)[0]?.role;
const of = (role: NodeRole, facts: FactsSummary, view: RoleView) => {
  const ranked = recommendRole(facts, view).find((one) => one.role === role);
  if (ranked === undefined) throw new Error(role);
  return { ...ranked, said: ranked.reasons.map(({ text }) => text).join(' ') };
};

describe('what a machine is recommended for', () => {
  it('an x86 machine with an NVMe disk becomes the first control plane of a cluster without one', () => {
    expect(best(mini, clusterOf([]))).toBe('control-plane');
    expect(of('control-plane', mini, clusterOf([])).said).toContain('no control plane yet');
  });

  it('a cluster that is reached has its servers, also where the inventory knows none of them', () => {
    const { cluster, ...rest } = clusterOf([]);
    const view = { ...rest, cluster: cluster && { ...cluster, runs: true } };
    expect(best(mini, view)).toBe('worker');
    expect(of('worker', mini, view).said).toContain('a control plane that it can join');
    expect(of('control-plane', mini, view).said).not.toContain('no control plane yet');
  });

  it('the third server makes the number odd, and the fourth would gain nothing', () => {
    const two = clusterOf(['control-plane', 'control-plane']);
    const three = clusterOf(['control-plane', 'control-plane', 'control-plane']);
    expect(best(mini, two)).toBe('control-plane');
    expect(of('control-plane', mini, two).said).toContain('it can lose 1');
    expect(best(mini, three)).toBe('worker');
    expect(of('control-plane', mini, three).said).toContain('even number');
  });

  it('a Pi with an SD card is warned of as a control plane, and an edge machine outside of a cluster', () => {
    const control = of('control-plane', pi, clusterOf(['control-plane', 'control-plane']));
    expect(control.reasons).toContainEqual({
      weight: 'against',
      text: 'Its system lies on an SD card: etcd writes all the time, and waits for each write.',
    });
    expect(best(pi, alone)).toBe('edge');
    expect(of('edge', pi, alone).suits).toEqual(['DNS', 'proxies', 'monitoring', 'Git']);
  });

  it('the same Pi on an SSD is a better control plane', () => {
    const view = clusterOf(['control-plane', 'control-plane']);
    const fast = { ...pi, systemDisk: disk('ssd', 240) };
    expect(of('control-plane', fast, view).score).toBeGreaterThan(
      of('control-plane', pi, view).score + 40,
    );
  });

  it('an x86 worker suits databases and builds', () => {
    expect(of('worker', mini, clusterOf(['control-plane'])).suits).toContain('databases');
  });

  it('a machine with a graphics processor runs models, and others are told why they cannot', () => {
    const card = { ...mini, gpus: [{ name: 'RTX 3090', memoryBytes: 24 * gib }] };
    expect(best(card, clusterOf(['control-plane']))).toBe('gpu');
    expect(of('gpu', mini, alone)).toMatchObject({
      score: 0,
      reasons: [{ weight: 'rules-out', text: 'It has no graphics processor that could be seen.' }],
    });
  });

  it('a machine with several large disks keeps data', () => {
    const disks = [disk('ssd', 240, 'sda'), disk('hdd', 4_000, 'sdb'), disk('hdd', 4_000, 'sdc')];
    const nas = { ...mini, systemDisk: disk('ssd', 240, 'sda'), disks };
    expect(best(nas, { ...alone, storageDevices: 0 })).toBe('storage');
    expect(of('storage', nas, alone).said).toContain('2 disks with 7.8 TiB together');
  });

  it('one gibibyte of memory or one core is no control plane at all', () => {
    const small = of('control-plane', { ...pi, memoryBytes: gib }, clusterOf([]));
    expect(small).toMatchObject({
      score: 0,
      reasons: [{ weight: 'rules-out' }, ...small.reasons.slice(1)],
    });
    expect(of('control-plane', { ...mini, cores: 1 }, clusterOf([])).score).toBe(0);
  });

  it('two servers on one feed of power are told to fail together', () => {
    const servers = ['control-plane', 'control-plane'];
    const beside = { ...clusterOf(servers, ['UPS 1', 'UPS 2']), domains: ['UPS 1'] };
    const apart = { ...clusterOf(servers, ['UPS 1', 'UPS 2']), domains: ['UPS 3'] };
    expect(of('control-plane', mini, beside).said).toContain(
      'It would fail together with node-1: both depend on UPS 1.',
    );
    expect(of('control-plane', mini, apart).score).toBeGreaterThan(
      of('control-plane', mini, beside).score,
    );
  });

  it('what runs there already outweighs the rest', () => {
    const agent = { distribution: 'k3s', role: 'agent', running: true };
    expect(best({ ...pi, kubernetes: agent }, clusterOf(['control-plane']))).toBe('worker');
    const proxy = { ...mini, cores: 4, listens: ['haproxy', 'dnsmasq'] };
    expect(of('edge', proxy, alone).said).toContain('It runs haproxy, dnsmasq already.');
  });

  it('what is not known rules nothing out but the GPU, which has to be seen', () => {
    const ruledOut = recommendRole(nothingKnown, alone).filter(({ score }) => score === 0);
    expect(ruledOut.map(({ role }) => role)).toEqual(['gpu']);
  });

  it('every role is there once, the best first', () => {
    const ranked = recommendRole(pi, clusterOf(['control-plane']));
    expect(new Set(ranked.map(({ role }) => role)).size).toBe(5);
    expect(ranked.map(({ score }) => score)).toEqual(
      ranked.map(({ score }) => score).toSorted((a, b) => b - a),
    );
  });
});
