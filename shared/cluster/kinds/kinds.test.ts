import { describe, expect, it } from 'vitest';
import { customKind } from '../custom/custom-kind.ts';
import { printerColumnsOf } from '../custom/printer-columns.ts';
import { type ClusterLook, noLook } from '../kind.ts';
import { readObject } from '../read-object.ts';
import type { Cells, ClusterRow } from '../row.ts';
import { clusterKind, clusterKinds } from './index.ts';
import { withoutValues } from './secrets.ts';

const now = Date.parse('2026-11-30T12:00:00Z');

function read(id: string, object: object, look: ClusterLook = noLook) {
  const kind = clusterKind(id);
  const metadata = {
    name: 'it',
    namespace: 'web',
    ...('metadata' in object ? (object.metadata as object) : {}),
  };
  const found = kind && readObject(kind, { ...object, metadata }, { now, look });
  if (!kind || !found) throw new Error('nothing was read');
  const filled = kind.fill?.(found.row, look);
  return {
    ...found,
    ...found.row,
    cells: { ...found.row.cells, ...filled?.cells },
    status: filled?.status ?? found.row.status,
  };
}

const row = (cells: Cells): ClusterRow => ({
  ...{ key: 'k', uid: 'u', namespace: null, name: 'n', createdAt: null, leavingSince: null },
  ...{ status: { level: 'well', label: '', why: null, since: null }, cells },
});
const downNode: ClusterLook = {
  ...noLook,
  row: (kind) => (kind === 'nodes' ? row({ ready: false }) : undefined),
};
const nothingThere: ClusterLook = { ...noLook, row: () => null };

describe('nodes', () => {
  const ready = { type: 'Ready', status: 'True' };

  it('tell roles, taints and what is free, and what pods ask for', () => {
    const look: ClusterLook = { ...noLook, askedOn: () => ({ cpu: 1.5, memory: 1024, pods: 3 }) };
    const node = read(
      'nodes',
      {
        metadata: {
          labels: {
            'node-role.kubernetes.io/control-plane': '',
            'node-role.kubernetes.io/master': '',
          },
        },
        spec: { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] },
        status: { conditions: [ready], allocatable: { cpu: '3500m', memory: '7Gi', pods: '110' } },
      },
      look,
    );
    expect(node.cells).toMatchObject({
      roles: ['control-plane'],
      taints: ['gpu=yes:NoSchedule'],
      cpu: 3.5,
      cpuAsked: 1.5,
      pods: 3,
      podLimit: 110,
    });
    expect(node.status.level).toBe('well');
  });

  it.each([
    [
      { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } },
      'Down',
      'its kubelet does not answer any more',
    ],
    [
      { status: { conditions: [ready, { type: 'DiskPressure', status: 'True' }] } },
      'Ready',
      'it is low on disk space and sends pods away',
    ],
    [
      { spec: { unschedulable: true }, status: { conditions: [ready] } },
      'Cordoned',
      'it takes no new pods',
    ],
    [
      {
        status: {
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              message: 'container runtime network not ready: cni plugin not initialized',
            },
          ],
        },
      },
      'Not ready',
      'its pod network is not set up: container runtime network not ready: cni plugin not initialized',
    ],
    [{}, 'Unknown', 'it has not said yet whether it is ready'],
  ])('say what ails them: %j', (object, label, why) => {
    expect(read('nodes', object).status).toMatchObject({ label, why });
  });
});

describe('workloads', () => {
  it.each([
    [{ spec: { replicas: 2 }, status: { readyReplicas: 2, updatedReplicas: 2 } }, 'Ready', null],
    [
      { spec: { replicas: 2 }, status: { readyReplicas: 2, updatedReplicas: 1 } },
      'Rolling out',
      '1 of 2 are of the new version, 2 ready',
    ],
    [
      { spec: { replicas: 2 }, status: { readyReplicas: 1, updatedReplicas: 2 } },
      'Not all ready',
      '1 of 2 ready',
    ],
    [{ spec: { replicas: 0 } }, 'Scaled to 0', null],
    [
      { spec: { replicas: 1, paused: true }, status: { readyReplicas: 1, updatedReplicas: 1 } },
      'Paused',
      'changes are not rolled out until it is resumed',
    ],
    [
      {
        spec: { replicas: 1 },
        status: {
          conditions: [
            { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' },
          ],
        },
      },
      'Roll-out stuck',
      '0 of 1 are of the new version, 0 ready, and nothing has moved for a while',
    ],
    [
      // The one that is ready is of the version before.
      { spec: { replicas: 1 }, status: { replicas: 2, readyReplicas: 1, updatedReplicas: 1 } },
      'Rolling out',
      '1 of the old version still there',
    ],
    [
      {
        spec: { replicas: 1 },
        status: {
          ...{ replicas: 2, readyReplicas: 1, updatedReplicas: 1 },
          conditions: [
            { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' },
          ],
        },
      },
      'Roll-out stuck',
      '1 of 1 are of the new version, 1 of the old one still there, 1 ready, and nothing has moved for a while',
    ],
    [
      {
        spec: { replicas: 1 },
        status: {
          conditions: [
            {
              type: 'ReplicaFailure',
              status: 'True',
              message: 'pods "a" is forbidden: exceeded quota: small, requested: cpu=1',
            },
          ],
        },
      },
      'Cannot make pods',
      'the quota small of its namespace is used up',
    ],
  ])('tell how far a deployment is: %j', (object, label, why) => {
    expect(read('deployments.apps', object).status).toMatchObject({ label, why });
  });

  it('do not wait for the replicas that a partition holds back', () => {
    const set = {
      spec: { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
      status: { readyReplicas: 3, updatedReplicas: 1 },
    };
    expect(read('statefulsets.apps', set).status.label).toBe('Ready');
  });

  it('tell a job that gave up from one that is done', () => {
    const failed = {
      status: {
        failed: 7,
        conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }],
      },
    };
    expect(read('jobs.batch', failed).status).toMatchObject({ level: 'bad', label: 'Failed' });
    const times = { startTime: '2026-11-30T11:00:00Z', completionTime: '2026-11-30T11:01:00Z' };
    const done = read('jobs.batch', {
      status: { ...times, succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] },
    });
    expect(done.status.level).toBe('ended');
    expect(done.cells).toMatchObject({ done: '1/1', duration: 60_000 });
  });
});

describe('where data lies', () => {
  it.each([
    [
      {
        local: { path: '/mnt/ssd' },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'kubernetes.io/hostname', operator: 'In', values: ['pi-2'] },
                ],
              },
            ],
          },
        },
      },
      'pi-2:/mnt/ssd',
    ],
    [{ nfs: { server: 'nas.lan', path: '/media' } }, 'nas.lan:/media (NFS)'],
    [{ hostPath: { path: '/data' } }, 'any node:/data'],
    [
      { csi: { driver: 'driver.longhorn.io', volumeHandle: 'pvc-1' } },
      'driver.longhorn.io (pvc-1)',
    ],
  ])('is told of a volume: %j', (spec, lies) => {
    expect(read('persistentvolumes', { spec, status: { phase: 'Bound' } }).cells.lies).toBe(lies);
  });

  it('is warned of when that node is down', () => {
    const spec = {
      local: { path: '/d' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'kubernetes.io/hostname', operator: 'In', values: ['pi-2'] },
              ],
            },
          ],
        },
      },
    };
    expect(
      read('persistentvolumes', { spec, status: { phase: 'Bound' } }, downNode).status,
    ).toMatchObject({
      level: 'warn',
      why: 'its data lies on pi-2, which is down',
    });
  });

  it('is why a claim waits', () => {
    const claim = { spec: { storageClassName: 'fast' }, status: { phase: 'Pending' } };
    expect(read('persistentvolumeclaims', claim, nothingThere).status.why).toBe(
      'the storage class fast does not exist',
    );
    const waits: ClusterLook = { ...noLook, row: () => row({ waitsForPod: true }) };
    expect(read('persistentvolumeclaims', claim, waits).status).toMatchObject({
      level: 'busy',
      why: 'for the first pod that uses it',
    });
  });
});

describe('ways in', () => {
  it('find the hosts of a route of Traefik, and a service that is not there', () => {
    const spec = {
      routes: [
        { match: 'Host(`a.lan`, `b.lan`) && PathPrefix(`/x`)', services: [{ name: 'app' }] },
      ],
    };
    const route = read('ingressroutes.traefik.io', { spec }, nothingThere);
    expect(route.cells.hosts).toEqual(['a.lan', 'b.lan']);
    expect(route.status).toMatchObject({ level: 'bad', why: 'the service app does not exist' });
  });

  it('tell a service that has nobody behind it', () => {
    const look: ClusterLook = { ...noLook, endpointsOf: () => ({ ready: 0, all: 0 }) };
    expect(read('services', { spec: { selector: { app: 'a' } } }, look).status).toMatchObject({
      level: 'warn',
      why: 'no pod has the labels that it asks for',
    });
  });
});

it('keeps of a secret the names and sizes of its values, never the values', () => {
  const kept = withoutValues({
    metadata: { name: 'it' },
    type: 'Opaque',
    data: { password: 'aHVudGVyMg==' },
    stringData: { a: 'b' },
  });
  expect(JSON.stringify(kept)).not.toMatch(/aHVudGVyMg|stringData/);
  expect(read('secrets', kept).cells).toMatchObject({ keys: ['password'], size: 7, count: 1 });
});

it('reads the columns that a custom resource names', () => {
  const definition = {
    spec: {
      versions: [
        {
          name: 'v1',
          additionalPrinterColumns: [
            {
              name: 'Ready',
              type: 'string',
              jsonPath: '.status.conditions[?(@.type=="Ready")].status',
            },
            { name: 'Hosts', type: 'string', jsonPath: '.spec.hosts[*]' },
            { name: 'Odd', type: 'string', jsonPath: '.spec[(@.length-1)]' },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
        },
      ],
    },
  };
  const type = { group: 'acme.io', resource: 'sites', kind: 'Site', namespaced: true };
  const kind = customKind({ ...type, columns: printerColumnsOf(definition, 'v1') });
  const object = {
    metadata: { name: 's' },
    spec: { hosts: ['a', 'b'] },
    status: { conditions: [{ type: 'Ready', status: 'False', reason: 'NoDns' }] },
  };
  const found = readObject(kind, object, { now, look: noLook });
  expect(found?.row.cells).toEqual({ printer0: 'False', printer1: 'a, b', printer2: null });
  expect(found?.row.status).toMatchObject({ level: 'warn', label: 'Not ready', why: 'no dns' });
});

it.each(clusterKinds.map((kind) => [kind.id, kind] as const))(
  'reads anything as %s without throwing',
  (_id, kind) => {
    const odd = [null, 7, 'x', [], [null], { a: null }, { items: 'x'.repeat(2_000) }];
    for (const part of odd) {
      const object = {
        metadata: {
          name: 'it',
          labels: part,
          ownerReferences: part,
          finalizers: part,
          deletionTimestamp: part,
        },
        spec: part,
        status: part,
        data: part,
        endpoints: part,
      };
      const found = readObject(kind, object, { now, look: noLook });
      expect(found?.row.status.why).not.toBe('Rackhelm cannot read this object');
      if (found) kind.fill?.(found.row, noLook);
    }
  },
);
