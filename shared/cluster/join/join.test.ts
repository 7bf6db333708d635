import { describe, expect, it } from 'vitest';
import { sharedSettings } from '../k3s-settings.ts';
import { decideJoin, type JoiningMachine } from './decide-join.ts';
import { readLabel, readTaint, usualJoin } from './join-answers.ts';
import type { JoinCluster, JoinServer } from './join-cluster.ts';
import {
  flagsOfConfig,
  flagsOfWords,
  otherFlagsOf,
  sharedOfFlags,
  storeOf,
  withWords,
  wordsOfNote,
} from './node-args.ts';
import { type NodeAddress, nodePlace } from './node-place.ts';
import { recommendJoin } from './recommend-join.ts';

const server = (name: string, over: Partial<JoinServer> = {}): JoinServer => ({
  ...{ name, address: '10.0.10.11', deviceId: null, ready: 'ready' },
  ...{ version: 'v1.37.2+k3s1', etcd: 'voter', ...over },
});

const cluster = (over: Partial<JoinCluster> = {}): JoinCluster => ({
  ...{ id: '0190a000-0000-7000-8000-000000000001', name: 'lab', state: 'running' },
  ...{ contextId: '0190a000-0000-7000-8000-000000000002', agents: 0, store: 'etcd' },
  servers: [server('cp-1'), server('cp-2')],
  nodeNames: ['cp-1', 'cp-2'],
  passwordNames: [],
  shared: sharedSettings.parse({ clusterCidr: ['10.52.0.0/16'], serviceCidr: ['10.53.0.0/16'] }),
  sharedFrom: 'cp-1',
  otherFlags: [],
  caHash: null,
  clockAheadMs: 0,
  unread: [],
  ...over,
});

const address = (link: string, text: string, over: Partial<NodeAddress> = {}): NodeAddress => ({
  ...{ interface: link, address: text, traffic: null, vlan: null, planned: false, ...over },
});

const machine = (over: Partial<JoiningMachine> = {}): JoiningMachine => ({
  ...{ nodeName: 'pi-3', as: 'agent', labels: { disk: 'ssd' }, taints: [], defaultLink: 'eth0' },
  addresses: [address('eth0', '192.168.1.9/24'), address('eth1', '10.0.10.23/24')],
  names: ['pi-3'],
  preferBundledBin: false,
  selinux: false,
  ...over,
});

const decided = (over: Partial<JoinCluster>, one: Partial<JoiningMachine> = {}, version = '') =>
  decideJoin(cluster(over), usualJoin, { machine: machine(one), version: version || null });
const said = (...given: Parameters<typeof decided>) =>
  decided(...given).problems.map(({ weight, text }) => `${weight}: ${text}`);

describe('what a machine joins with', () => {
  it('is the address in the network of its server, and a server that is up', () => {
    const { settings, problems } = decided({
      servers: [server('cp-1', { ready: 'not-ready' }), server('cp-2', { address: '10.0.10.12' })],
    });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      ...{ role: 'agent', server: 'https://10.0.10.12:6443', nodeIps: ['10.0.10.23'] },
      ...{ flannelInterface: 'eth1', labels: { disk: 'ssd' }, tlsNames: [] },
    });
  });

  it('is for a further server what those that run were started with', () => {
    const { settings } = decided({}, { as: 'server' });
    expect(settings).toMatchObject({
      role: 'server',
      shared: { clusterCidr: ['10.52.0.0/16'], serviceCidr: ['10.53.0.0/16'] },
      tlsNames: ['pi-3', '10.0.10.23'],
    });
  });

  it('makes a cluster where there is none, and lets nobody else join meanwhile', () => {
    const empty: Partial<JoinCluster> = {
      ...{ state: 'empty', servers: [], nodeNames: [], shared: null },
    };
    expect(decided(empty, { as: 'server' }).settings).toMatchObject({
      ...{ role: 'first-server', server: null, datastore: 'sqlite' },
    });
    expect(said(empty)).toEqual(['blocks: lab has no server yet that an agent could join.']);
  });

  it('is stopped by a name that the cluster knows, also of a node that was', () => {
    expect(said({ nodeNames: ['pi-3'] })[0]).toContain('has a node pi-3 already');
    expect(said({ passwordNames: ['pi-3'] })[0]).toContain('pi-3.node-password.k3s');
    expect(said({ passwordNames: null })[0]).toMatch(/^warns/);
  });

  it('is stopped for a server by SQLite, a learner, a server that is down, flags that nobody told', () => {
    const as = { as: 'server' } as const;
    expect(said({ store: 'sqlite' }, as)[0]).toContain('SQLite');
    expect(said({ servers: [server('a'), server('b', { etcd: 'learner' })] }, as)[0]).toContain(
      'b is still joining',
    );
    expect(said({ servers: [server('a', { ready: 'unknown' }), server('b')] }, as)[0]).toContain(
      'a does not answer',
    );
    expect(said({ shared: null, unread: ['cp-1 says no.'] }, as)[0]).toContain('cp-1 says no.');
    expect(said({ servers: [server('a')] }, as)).toEqual([
      'warns: With it there are 2 servers: an even number bears no more failures than 1.',
    ]);
  });

  it('is stopped by a version that is newer than the servers, or none of K3s', () => {
    expect(said({}, {}, 'v1.38.0+k3s1')[0]).toContain('newer');
    expect(said({}, {}, 'v1.33.9+k3s1')[0]).toContain('minor versions older');
    expect(said({}, {}, 'v1.37.2')[0]).toContain('no build of K3s');
    expect(said({}, {}, 'v1.36.0+k3s2')).toEqual([]);
  });
});

describe('flags of a server that runs', () => {
  it('come of files and command lines, which win', () => {
    const file = flagsOfConfig({
      'flannel-backend': 'host-gw',
      disable: ['traefik'],
      'tls-san': 'a',
    });
    const more = flagsOfConfig({ 'disable+': ['servicelb'] }, file);
    const words = flagsOfWords(
      'server --flannel-backend=wireguard-native --cluster-init'.split(' '),
    );
    const all = withWords(more, words);
    expect(sharedOfFlags(all)).toMatchObject({
      flannelBackend: 'wireguard-native',
      disable: ['traefik', 'servicelb'],
    });
    expect(storeOf(all)).toBe('etcd');
  });

  it('keep no secret, and tell that there is one', () => {
    const flags = flagsOfWords([
      '--agent-token',
      'hunter2',
      '--datastore-endpoint=postgres://u:pw@h',
    ]);
    expect(JSON.stringify([...flags])).not.toMatch(/hunter2|pw@h/);
    expect(otherFlagsOf(flags)).toEqual(['agent-token', 'datastore-endpoint']);
    expect(storeOf(flags)).toBe('external');
  });

  it('take a switch without a value, and a note of K3s that is none', () => {
    const flags = flagsOfWords(['--disable-network-policy', '--secrets-encryption']);
    expect(sharedOfFlags(flags)).toMatchObject({
      secretsEncryption: true,
      switches: ['disable-network-policy'],
    });
    expect(wordsOfNote('["server","--a"]')).toEqual(['server', '--a']);
    expect([wordsOfNote('{"a":1}'), wordsOfNote('[1'), wordsOfNote(undefined)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('by which address a node talks', () => {
  it('prefers what the plan gives to what the machine has now, and the VLAN for what is internal', () => {
    const planned = address('eth0', '10.1.0.5/24', {
      planned: true,
      traffic: 'internal',
      vlan: 'cluster',
    });
    const place = nodePlace([address('eth0', '192.168.1.9/24'), planned], {
      server: '192.168.1.1',
      defaultLink: 'eth0',
    });
    expect(place).toMatchObject({ address: '10.1.0.5', why: expect.stringContaining('cluster') });
  });

  it('never is one that reaches nobody', () => {
    const local = [address('lo', '127.0.0.1/8'), address('eth0', 'fe80::1/64')];
    expect(nodePlace(local, { server: null, defaultLink: 'eth0' })).toBeUndefined();
  });
});

describe('as what a machine best joins', () => {
  const facts = { systemDisk: null, gpus: [], board: 'machine', containerEngines: [] } as const;
  const given = (over: Partial<JoinCluster>, role: Parameters<typeof recommendJoin>[0]['role']) =>
    recommendJoin({
      role,
      facts: { ...facts, gpus: [], containerEngines: [] },
      cluster: cluster(over),
    });

  it('follows its role, the store of the cluster and what is odd', () => {
    expect(given({}, 'control-plane')).toMatchObject({ as: 'server' });
    expect(given({}, 'control-plane').reasons.join()).toContain('an odd number');
    expect(given({ store: 'sqlite' }, 'control-plane')).toMatchObject({ as: 'agent' });
    expect(given({}, 'worker')).toMatchObject({
      as: 'agent',
      labels: { 'rackhelm/role': 'worker' },
    });
    expect(given({ state: 'empty', servers: [] }, 'worker')).toMatchObject({ as: 'server' });
  });

  it('leaves a GPU under Docker outside, and keeps servers free where agents are', () => {
    const gpus = [{ name: 'RTX', memoryBytes: 1 }];
    const gpu = { ...facts, gpus, containerEngines: ['docker'] };
    expect(recommendJoin({ role: 'gpu', facts: gpu, cluster: cluster() }).as).toBe('none');
    expect(given({ agents: 2 }, 'control-plane').taints).toHaveLength(1);
  });
});

it('labels and taints are read as kubectl writes them, and nothing else is', () => {
  expect(readLabel(' disk=ssd ')).toEqual({ key: 'disk', value: 'ssd' });
  expect([readLabel('disk'), readLabel('a b=c'), readLabel('=x')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(readTaint('gpu=true:NoSchedule')).toEqual({
    key: 'gpu',
    value: 'true',
    effect: 'NoSchedule',
  });
  expect([readTaint('gpu=true'), readTaint('gpu:Never')]).toEqual([undefined, undefined]);
});
