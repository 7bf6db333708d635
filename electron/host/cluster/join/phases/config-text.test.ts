import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  k3sSettings,
  settingsFaults,
  sharedDifferences,
  sharedSettings,
} from '../../../../../shared/cluster/k3s-settings.ts';
import { withSettings } from './config-text.ts';

const agent = k3sSettings.parse({
  role: 'agent',
  nodeName: 'pi-1',
  server: 'https://10.0.30.11:6443',
  nodeIps: ['10.0.30.21'],
  flannelInterface: 'eth0.30',
  labels: { 'rackhelm.dev/class': 'arm', zone: 'shelf-2' },
  taints: [{ key: 'small', effect: 'NoSchedule' }],
  shared: { clusterCidr: ['10.42.0.0/16'] },
  tlsNames: ['rack.home.arpa'],
});
const first = k3sSettings.parse({
  role: 'first-server',
  nodeName: 'x86-1',
  datastore: 'etcd',
  tlsNames: ['rack.home.arpa'],
  shared: { disable: ['traefik', 'servicelb'], secretsEncryption: true },
});

describe('config.yaml', () => {
  it('with a secret in it is neither shown nor kept: it is refused', () => {
    const text = 'token: K10abc::server:hunter2\n';
    const edited = () => withSettings(text, agent);
    expect(edited).toThrow(expect.objectContaining({ code: 'FIX_NOT_POSSIBLE' }));
    expect(edited).not.toThrow(/hunter2/);
  });

  it('of an agent holds what agents know and nothing of servers', () => {
    expect(parse(withSettings(null, agent))).toEqual({
      server: 'https://10.0.30.11:6443',
      'token-file': '/etc/rancher/k3s/token',
      'node-name': 'pi-1',
      'node-ip': '10.0.30.21',
      'flannel-iface': 'eth0.30',
      'node-label': ['rackhelm.dev/class=arm', 'zone=shelf-2'],
      'node-taint': ['small:NoSchedule'],
    });
  });

  it('of the first server begins the etcd and what all servers have in common', () => {
    expect(parse(withSettings(null, first))).toEqual({
      'node-name': 'x86-1',
      'cluster-init': true,
      'tls-san': ['rack.home.arpa'],
      disable: ['servicelb', 'traefik'],
      'secrets-encryption': true,
    });
  });

  it('is the same when it is written again, with what others wrote and said in it', () => {
    const theirs =
      '# ours since 2024\nkubelet-arg: # a lot\n  - max-pods=250\nnode-name: old\nserver: https://gone:6443\n';
    const once = withSettings(theirs, first);
    expect(withSettings(once, first)).toBe(once);
    expect(once).toContain('# ours since 2024');
    expect(once).toContain('# a lot');
    expect(parse(once)).toMatchObject({ 'kubelet-arg': ['max-pods=250'], 'node-name': 'x86-1' });
    expect(parse(once)).not.toHaveProperty('server');
  });

  it.each([
    ['a list', '- a\n- b\n'],
    ['broken', 'a: [1\nb'],
    ['text', 'hello'],
    [
      'a bomb',
      `a: &a [x]\n${Array.from({ length: 9 }, (_, n) => `b${n}: [${'*a, '.repeat(40)}*a]`).join('\n')}\n`,
    ],
  ])('that is %s is refused and not written over', (_, text) => {
    expect(() => withSettings(text, agent)).toThrow(/cannot be read as the settings of K3s/);
  });
});

describe('settings of a node', () => {
  it.each([
    [{ role: 'agent', nodeName: 'a', server: 'http://10.0.0.1:6443' }],
    [{ role: 'agent', nodeName: 'a', server: 'https://10.0.0.1' }],
    [{ role: 'agent', nodeName: 'Pi 1', server: 'https://h:6443' }],
    [{ role: 'agent', nodeName: 'a', server: 'https://h:6443', labels: { 'a b': 'c' } }],
    [{ role: 'agent', nodeName: 'a', server: 'https://h:6443', flannelInterface: 'eth0; reboot' }],
    [{ role: 'first-server', nodeName: 'a', shared: { clusterCidr: ['10.42.0.0'] } }],
  ])('that are malformed are refused: %j', (settings) => {
    expect(k3sSettings.safeParse(settings).success).toBe(false);
  });

  it('tell what contradicts itself', () => {
    expect(settingsFaults(agent)).toEqual([]);
    expect(settingsFaults({ ...agent, server: null })).toHaveLength(1);
    expect(settingsFaults({ ...first, server: 'https://h:6443' })).toHaveLength(1);
    expect(settingsFaults({ ...agent, nodeIps: ['10.0.0.1', '10.0.0.2'] })).toHaveLength(1);
  });

  it('that have to be the same on all servers are compared by what they mean', () => {
    const running = sharedSettings.parse({ disable: ['servicelb', 'traefik'] });
    expect(
      sharedDifferences(sharedSettings.parse({ disable: ['traefik', 'servicelb'] }), running),
    ).toEqual([]);
    expect(
      sharedDifferences(sharedSettings.parse({ serviceCidr: ['10.53.0.0/16'] }), running),
    ).toMatchObject([
      { key: 'service-cidr', says: expect.stringContaining('10.53.0.0/16 here, the default') },
      { key: 'disable' },
    ]);
  });
});
