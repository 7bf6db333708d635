import { bytes, choice, comment, network, number, reference, text, url, yesNo } from './field.ts';
import { defineKind } from './kind.ts';

export const cluster = defineKind({
  name: 'cluster',
  table: 'cluster',
  label: 'Cluster',
  plural: 'Clusters',
  key: ['name'],
  named: true,
  fields: {
    name: text('Name', { required: true, most: 200 }),
    kind: choice('Kind', ['k3s', 'kubernetes', 'swarm', 'proxmox', 'other'], { required: true }),
    version: text('Version', { most: 100 }),
    podPrefix: network('prefix', 'Pods'),
    servicePrefix: network('prefix', 'Services'),
    endpoint: network('address', 'API address'),
    comment,
  },
});

export const clusterMember = defineKind({
  name: 'cluster-member',
  table: 'cluster_member',
  label: 'Cluster member',
  plural: 'Cluster members',
  key: ['cluster', 'device'],
  named: true,
  owner: 'cluster',
  fields: {
    cluster: reference('Cluster', 'cluster', { required: true }),
    device: reference('Device', 'device', { required: true }),
    role: choice('Role', ['control-plane', 'etcd', 'worker', 'storage', 'edge'], {
      required: true,
    }),
  },
});

export const service = defineKind({
  name: 'service',
  table: 'service',
  label: 'Service',
  plural: 'Services',
  key: ['name'],
  named: true,
  fields: {
    name: text('Name', { required: true, most: 200 }),
    kind: text('Kind', { required: true, most: 200 }),
    url: url('Address'),
    cluster: reference('Cluster', 'cluster'),
    namespace: text('Namespace', { most: 253 }),
    replicas: number('Replicas', 0, 10_000),
    cpuRequest: number('CPU requested', 0, 10_000_000, { help: 'Thousandths of a core.' }),
    cpuLimit: number('CPU limit', 0, 10_000_000, { help: 'Thousandths of a core.' }),
    memoryRequest: bytes('Memory requested'),
    memoryLimit: bytes('Memory limit'),
    comment,
  },
});

export const serviceRunsOn = defineKind({
  name: 'service-runs-on',
  table: 'service_runs_on',
  label: 'Place of a service',
  plural: 'Places of services',
  key: ['service', 'device'],
  named: true,
  owner: 'service',
  fields: {
    service: reference('Service', 'service', { required: true }),
    device: reference('Device', 'device', { required: true }),
  },
});

export const servicePort = defineKind({
  name: 'service-port',
  table: 'service_port',
  label: 'Port of a service',
  plural: 'Ports of services',
  key: ['runsOn', 'protocol', 'port'],
  named: true,
  owner: 'runsOn',
  fields: {
    runsOn: reference('Where it runs', 'service-runs-on', { required: true }),
    protocol: choice('Protocol', ['tcp', 'udp'], { required: true, standard: 'tcp' }),
    port: number('Port', 1, 65_535, { required: true }),
  },
});

export const serviceDependsOn = defineKind({
  name: 'service-depends-on',
  table: 'service_depends_on',
  label: 'Dependency',
  plural: 'Dependencies',
  key: ['service', 'needed'],
  named: true,
  owner: 'service',
  fields: {
    service: reference('Service', 'service', { required: true }),
    needed: reference('Needs', 'service', { required: true }),
  },
});

export const exposure = defineKind({
  name: 'exposure',
  table: 'service_exposure',
  label: 'Exposure',
  plural: 'Exposures',
  key: ['service', 'port'],
  named: false,
  owner: 'service',
  fields: {
    service: reference('Service', 'service', { required: true }),
    port: number('Port', 1, 65_535),
    protocol: choice('Protocol', ['tcp', 'udp']),
    hostname: text('Host name', { most: 253 }),
    address: reference('Address', 'address'),
    reachableFrom: choice('Reachable from', ['internet', 'anywhere-inside', 'vlan']),
    vlan: reference('VLAN', 'vlan'),
    comment,
  },
});

export const ciRunner = defineKind({
  name: 'ci-runner',
  table: 'ci_runner',
  label: 'CI runner',
  plural: 'CI runners',
  key: ['name'],
  named: true,
  fields: {
    name: text('Name', { required: true, most: 200 }),
    forge: reference('Works for', 'service'),
    device: reference('Runs on', 'device'),
    labels: text('Labels', { help: 'Comma-separated, as jobs ask for them.' }),
    scope: text('Scope', { most: 200, help: 'Instance, organisation or repository.' }),
    capacity: number('Jobs at once', 1, 10_000),
    privileged: yesNo('Privileged'),
    comment,
  },
});
