import { describe, expect, it } from 'vitest';
import { readAgentToken } from './agent-token.ts';
import { readClusterNode } from './cluster-node.ts';
import { readLacking } from './lacking.ts';
import { readNodeVolume } from './node-volumes.ts';
import { readSnapshot } from './snapshot.ts';

describe('what a cluster tells of its nodes', () => {
  it.each([null, 7, {}, { metadata: { name: 7, labels: [] }, status: { addresses: 'x' } }])(
    'is read without failing, however odd: %j',
    (object) => {
      expect(readClusterNode(object).isServer).toBe(false);
      expect(readNodeVolume(object)).toBeNull();
      expect(readSnapshot(object)).toBeNull();
      expect(readLacking('Deployment', object)).toBeNull();
      expect(readAgentToken(object).expiresAt).toBeNull();
    },
  );

  it('tells a learner from a voter', () => {
    const node = (status: string) =>
      readClusterNode({
        metadata: { name: 'a', labels: { 'node-role.kubernetes.io/etcd': 'true' } },
        status: { conditions: [{ type: 'EtcdIsVoter', status }] },
      }).vote;
    expect([node('True'), node('False')]).toEqual(['voter', 'learner']);
  });
});

it('reads a snapshot as K3s tells of it, and one that failed', () => {
  const snapshot = (name: string, status: object) =>
    readSnapshot({
      metadata: { name: 'x' },
      spec: { snapshotName: name, nodeName: 'x86-1', location: 'file:///x' },
      status,
    });
  expect(
    snapshot('etcd-snapshot-x86-1-1764496800', {
      creationTime: '2026-11-30T10:00:00Z',
      readyToUse: true,
      size: '12Mi',
    }),
  ).toMatchObject({ scheduled: true, size: 12 * 1024 ** 2, problem: null });
  expect(snapshot('by-hand-1', { error: { message: 'disk full' }, size: 7 })).toMatchObject({
    ...{ scheduled: false, size: 7, problem: 'disk full' },
  });
});

it('reads when a token for agents ends, and nothing that is secret', () => {
  const data = {
    'token-id': btoa('abcdef'),
    'token-secret': btoa('0123456789abcdef'),
    expiration: btoa('2026-12-01T10:00:00Z'),
  };
  const token = readAgentToken({ metadata: { name: 'bootstrap-token-abcdef' }, data });
  expect(token).toEqual({
    ...{
      id: 'abcdef',
      description: '',
      createdAt: null,
      expiresAt: Date.parse('2026-12-01T10:00:00Z'),
    },
  });
});

it('counts what a workload lacks', () => {
  const read = (kind: string, spec: object, status: object) =>
    readLacking(kind, { metadata: { name: 'web', namespace: 'shop' }, spec, status });
  expect(read('Deployment', { replicas: 3 }, { availableReplicas: 1 })).toEqual({
    ...{ key: 'Deployment shop/web', count: 2 },
  });
  expect(read('DaemonSet', {}, { desiredNumberScheduled: 2, numberAvailable: 2 })).toBeNull();
  expect(read('StatefulSet', { replicas: 0 }, {})).toBeNull();
});
