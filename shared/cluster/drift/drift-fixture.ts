import { type Census, emptyCensus, finish } from '../census/census.ts';
import {
  type CensusConfigMap,
  readConfigMap,
  readNamespace,
  readPolicy,
  readService,
} from '../census/network.ts';
import { readNode } from '../census/node.ts';
import { readPod } from '../census/pod.ts';
import { readWorkload, type WorkloadKind } from '../census/workload.ts';
import type { Declared, DeclaredDevice, DeclaredService } from './declared.ts';
import { findDrift } from './drift.ts';
import type { Drift } from './drift-line.ts';

/** Objects as an API tells them, for tests of what is made of them. */

const gib = 1024 ** 3;

function existing<T>(read: T | null): T {
  if (read === null) throw new Error('an object without a name');
  return read;
}

export function nodeCalled(
  name: string,
  more: { labels?: object; status?: object; spec?: object } = {},
) {
  const status = {
    capacity: { cpu: '4', memory: '8Gi', pods: '110' },
    allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
    addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
    conditions: [{ type: 'Ready', status: 'True' }],
    ...more.status,
    nodeInfo: { kubeletVersion: 'v1.37.0+k3s1', architecture: 'arm64', machineID: '' },
  };
  const labels = { 'kubernetes.io/hostname': name, ...more.labels };
  return existing(readNode({ metadata: { name, labels }, spec: more.spec ?? {}, status }));
}

interface Workload {
  readonly kind?: WorkloadKind;
  readonly namespace?: string;
  readonly replicas?: number;
  readonly env?: readonly object[];
  readonly envFrom?: readonly object[];
  readonly spec?: object;
}

export function workloadCalled(name: string, more: Workload = {}) {
  const { kind = 'Deployment', namespace = 'shop', replicas = 1, env = [], envFrom = [] } = more;
  const containers = [{ name, image: `registry.example/${name}:1`, env, envFrom }];
  const template = {
    metadata: { labels: { app: name } },
    spec: { containers, ...more.spec },
  };
  return existing(
    readWorkload(kind, { metadata: { name, namespace }, spec: { replicas, template } }),
  );
}

interface Pod {
  readonly node?: string;
  readonly namespace?: string;
  readonly spec?: object;
  readonly status?: object;
  readonly owner?: { readonly kind: string; readonly name: string } | null;
  readonly labels?: object;
}

/** One of a deployment that is called so. */
export function podOf(app: string, number: number, more: Pod = {}) {
  const { namespace = 'shop', node, owner = { kind: 'ReplicaSet', name: `${app}-7d9` } } = more;
  const name = `${app}-7d9-${number}`;
  return existing(
    readPod({
      metadata: {
        ...{ name, namespace, uid: name },
        labels: { app, 'pod-template-hash': '7d9', ...more.labels },
        ownerReferences: owner === null ? [] : [{ ...owner, controller: true }],
      },
      spec: {
        nodeName: node,
        containers: [{ name: app, image: `registry.example/${app}:1` }],
        ...more.spec,
      },
      status: {
        phase: 'Running',
        containerStatuses: [{ name: app, state: { running: {} } }],
        ...more.status,
      },
    }),
  );
}

export const serviceOf = (app: string, namespace = 'shop') =>
  existing(readService({ metadata: { name: app, namespace }, spec: { selector: { app } } }));

export const policyCalled = (name: string, spec: object, namespace = 'shop') =>
  existing(readPolicy({ metadata: { name, namespace }, spec }));

export const namespaceCalled = (name: string, labels: object = {}) =>
  existing(readNamespace({ metadata: { name, labels } }));

export const configMapCalled = (name: string, data: object): CensusConfigMap =>
  existing(readConfigMap({ metadata: { name, namespace: 'shop' }, data }));

export const censusOf = (parts: Partial<Census>): Census => ({ ...emptyCensus, ...parts });

export function deviceCalled(name: string, more: Partial<DeclaredDevice> = {}): DeclaredDevice {
  return {
    ...{ id: `device-${name}`, name, architecture: 'aarch64', cores: 4, memory: 8 * gib },
    ...{ addresses: ['10.0.0.1'], gpus: 0, tags: [], ...more },
  };
}

export function declaredService(
  name: string,
  more: Partial<DeclaredService> = {},
): DeclaredService {
  return {
    ...{ id: `service-${name}`, name, clusterId: 'c1', namespace: 'shop', replicas: null },
    ...{ runsOn: [], needs: [], ...more },
  };
}

/** Devices are members as workers, and nodes are the devices of their name. */
export function declaredOf(
  devices: readonly DeclaredDevice[],
  more: Partial<Declared> = {},
): Declared {
  return {
    cluster: { id: 'c1', name: 'rack', version: 'v1.37.0+k3s1' },
    members: devices.map(({ id, name }) => ({
      ...{ id: `member-${name}`, deviceId: id, role: 'worker' },
    })),
    devices: new Map(devices.map((device) => [device.id, device])),
    candidates: new Map(devices.map(({ id, name }) => [name, [{ deviceId: id, by: 'name' }]])),
    services: [],
    dismissed: new Set(),
    ...more,
  };
}

export function drift(census: Partial<Census>, declared: Declared): Drift[] {
  return finish(findDrift(censusOf(census), declared));
}

/** `pi-1 role: worker -> control-plane` */
export const inShort = (lines: readonly Drift[]) =>
  lines.map(
    ({ subject, about, inventory, cluster }) =>
      `${subject} ${about}: ${inventory ?? 'none'} -> ${cluster ?? 'none'}`,
  );
