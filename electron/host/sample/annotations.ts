import type { KindName } from '../../../shared/model/kinds/index.ts';

export interface Annotation {
  readonly kind: KindName;
  readonly name: string;
  readonly tags?: readonly string[];
  readonly notes?: readonly string[];
}

/** Tags and notes of the sample rack. */
export const annotations: readonly Annotation[] = [
  {
    kind: 'device',
    name: 'edge-router',
    tags: ['network'],
    notes: ['Isolates the VLANs; its rules are exported every night.'],
  },
  { kind: 'device', name: 'core-switch', tags: ['network'] },
  {
    kind: 'device',
    name: 'cp-1',
    tags: ['k3s', 'control-plane'],
    notes: ['First server of the cluster; etcd lies on the NVMe hat.'],
  },
  { kind: 'device', name: 'cp-2', tags: ['k3s', 'control-plane'] },
  {
    kind: 'device',
    name: 'cp-3',
    tags: ['k3s', 'control-plane'],
    notes: ['Still boots from an SD card. Replace it before it wears out.'],
  },
  { kind: 'device', name: 'worker-1', tags: ['k3s', 'worker'] },
  { kind: 'device', name: 'worker-2', tags: ['k3s', 'worker'] },
  {
    kind: 'device',
    name: 'nas',
    tags: ['storage', 'backup-target'],
    notes: ['Six 8 TB disks as raidz2; scrubbed on the first of each month.'],
  },
  {
    kind: 'device',
    name: 'gpu',
    tags: ['gpu', 'docker'],
    notes: ['The power limit of the card is set to 280 W at boot.'],
  },
  {
    kind: 'device',
    name: 'ups',
    tags: ['power'],
    notes: ['Battery changed in March.'],
  },
  { kind: 'device', name: 'pdu', tags: ['power'] },
  { kind: 'device', name: 'patch-panel', tags: ['network'] },
  { kind: 'service', name: 'postgresql', tags: ['backed-up'] },
  { kind: 'service', name: 'gitea', tags: ['backed-up'] },
  {
    kind: 'storage-pool',
    name: 'tank',
    tags: ['backed-up'],
    notes: ['Grow it by replacing all six disks, one after the other.'],
  },
  {
    kind: 'cluster',
    name: 'k3s',
    notes: ['Upgrade one control plane at a time, and wait for etcd in between.'],
  },
];
