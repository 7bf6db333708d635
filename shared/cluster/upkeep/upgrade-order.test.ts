import { describe, expect, it } from 'vitest';
import type { ClusterNode } from './cluster-node.ts';
import { upgradeOrder } from './upgrade-order.ts';

const node = (name: string, version: string, isServer = false): ClusterNode => ({
  ...{
    name,
    uid: name,
    isServer,
    vote: isServer ? 'voter' : null,
    ready: 'ready',
    cordoned: false,
  },
  ...{
    version,
    isK3s: /k3s/.test(version),
    architecture: 'arm64',
    addresses: [],
    machineId: '',
    memberDeleted: false,
  },
});
const cluster = [
  node('pi-10', 'v1.36.2+k3s1'),
  node('pi-2', 'v1.36.2+k3s1'),
  node('x86-2', 'v1.36.2+k3s1', true),
  node('x86-1', 'v1.36.2+k3s1', true),
];
const order = (version: string, chosen: string[] = [], nodes = cluster) => {
  const { nodes: found, objections } = upgradeOrder(nodes, version, chosen);
  return { names: found.map(({ name }) => name), objections };
};

describe('an upgrade', () => {
  it('goes server by server, then through the agents', () => {
    expect(order('v1.37.0+k3s1')).toEqual({
      names: ['x86-1', 'x86-2', 'pi-2', 'pi-10'],
      objections: [],
    });
  });

  it('leaves out who has that version already', () => {
    const nodes = [...cluster.slice(0, 3), node('x86-1', 'v1.37.0+k3s1', true)];
    expect(order('v1.37.0+k3s1', [], nodes).names).toEqual(['x86-2', 'pi-2', 'pi-10']);
  });

  it.each([
    ['leaves no minor version out', 'v1.38.0+k3s1', [], 'no minor version may be left out'],
    ['does not go back', 'v1.36.1+k3s1', [], 'older than'],
    ['needs a version of K3s', 'v1.37.0', [], 'no version of K3s'],
    ['needs a version', 'latest; reboot', [], 'no version of K3s'],
    ['brings no agent above a server', 'v1.37.0+k3s1', ['pi-2'], 'Upgrade the servers first'],
    ['knows its nodes', 'v1.37.0+k3s1', ['pi-3'], 'no node pi-3'],
    ['has nothing to do where all have it', 'v1.36.2+k3s1', [], 'already'],
  ])('%s', (_, version, chosen, says) => {
    expect(order(version, chosen).objections.join(' ')).toContain(says);
  });

  it('of one server leaves the other behind by one minor, which is how each upgrade goes', () => {
    expect(order('v1.37.0+k3s1', ['x86-1']).objections).toEqual([]);
  });

  it('leaves no agent further behind than kubelets may be', () => {
    const nodes = [node('x86-1', 'v1.36.0+k3s1', true), node('pi-1', 'v1.33.0+k3s1')];
    expect(order('v1.37.0+k3s1', ['x86-1'], nodes).objections).toEqual([
      'pi-1: v1.33.0+k3s1 is 4 minor versions older than the server with v1.37.0+k3s1; 3 may be.',
    ]);
  });

  it('is for K3s alone', () => {
    expect(order('v1.37.0+k3s1', [], [node('a', 'v1.36.0', true)]).objections).toEqual([
      'a is no node of K3s (v1.36.0).',
    ]);
  });
});
