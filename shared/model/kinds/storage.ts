import { bytes, choice, comment, reference, text, yesNo } from './field.ts';
import { defineKind } from './kind.ts';

export const storagePool = defineKind({
  name: 'storage-pool',
  table: 'storage_pool',
  label: 'Storage pool',
  plural: 'Storage pools',
  key: ['name'],
  named: true,
  fields: {
    name: text('Name', { required: true, most: 200 }),
    device: reference('On', 'device'),
    cluster: reference('Of', 'cluster'),
    kind: choice('Kind', ['zfs', 'lvm', 'md', 'btrfs', 'ceph', 'longhorn', 'folder', 'other'], {
      required: true,
    }),
    layout: text('Redundancy', { most: 100, help: 'mirror, raidz1, three replicas …' }),
    sizeBytes: bytes('Size'),
    usedBytes: bytes('Used'),
    comment,
  },
});

export const volume = defineKind({
  name: 'volume',
  table: 'volume',
  label: 'Volume',
  plural: 'Volumes',
  key: ['name'],
  named: true,
  fields: {
    name: text('Name', { required: true, most: 253 }),
    pool: reference('In pool', 'storage-pool'),
    device: reference('On', 'device'),
    kind: choice('Kind', ['file-system', 'block', 'claim', 'docker', 'share', 'other'], {
      required: true,
    }),
    location: text('Location', { most: 4_096, help: 'Mount point, export or claim.' }),
    sizeBytes: bytes('Size'),
    usedBytes: bytes('Used'),
    comment,
  },
});

export const bucket = defineKind({
  name: 'bucket',
  table: 'bucket',
  label: 'Bucket',
  plural: 'Buckets',
  key: ['name'],
  named: true,
  fields: {
    name: text('Name', { required: true, most: 200 }),
    service: reference('Served by', 'service'),
    volume: reference('Lies on', 'volume'),
    versioned: yesNo('Keeps versions'),
    locked: yesNo('Object lock'),
    sizeBytes: bytes('Size'),
    comment,
  },
});

export const database = defineKind({
  name: 'database',
  table: 'database',
  label: 'Database',
  plural: 'Databases',
  key: ['service', 'name'],
  named: true,
  fields: {
    name: text('Name', { required: true, most: 200 }),
    service: reference('Served by', 'service'),
    volume: reference('Lies on', 'volume'),
    engine: choice('Engine', ['postgresql', 'mariadb', 'sqlite', 'redis', 'other'], {
      required: true,
    }),
    sizeBytes: bytes('Size'),
    comment,
  },
});

/** A service that keeps its data there. */
export const storageUse = defineKind({
  name: 'storage-use',
  table: 'storage_use',
  label: 'Use of storage',
  plural: 'Uses of storage',
  key: ['service'],
  named: false,
  owner: 'service',
  fields: {
    service: reference('Service', 'service', { required: true }),
    volume: reference('Volume', 'volume'),
    bucket: reference('Bucket', 'bucket'),
    database: reference('Database', 'database'),
    comment,
  },
});
