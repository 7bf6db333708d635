import type { ClusterKind } from '../kind.ts';
import { noLinks } from '../kind.ts';
import { column } from '../row.ts';
import { statusOf } from '../status.ts';
import { flag, part, text } from '../tolerant.ts';

const isDefault = 'storageclass.kubernetes.io/is-default-class';

const schema = part({
  provisioner: text,
  reclaimPolicy: text,
  volumeBindingMode: text,
  allowVolumeExpansion: flag,
  metadata: part({ annotations: part({ [isDefault]: text }) }),
});

export const storageClasses: ClusterKind = {
  id: 'storageclasses.storage.k8s.io',
  group: 'storage.k8s.io',
  resource: 'storageclasses',
  kind: 'StorageClass',
  title: 'Storage classes',
  one: 'storage class',
  namespaced: false,
  columns: [
    column('provisioner', 'Made by'),
    column('standard', 'Default', 'flag'),
    column('keeps', 'When let go'),
    column('waitsForPod', 'Waits for a pod', 'flag'),
    column('grows', 'Can grow', 'flag'),
  ],
  read(object) {
    const read = schema.parse(object);
    return {
      status: statusOf('well', 'Ready'),
      cells: {
        provisioner: read.provisioner,
        standard: read.metadata.annotations[isDefault] === 'true',
        keeps: read.reclaimPolicy === 'Retain' ? 'kept' : 'deleted',
        waitsForPod: read.volumeBindingMode === 'WaitForFirstConsumer',
        grows: read.allowVolumeExpansion,
      },
      links: noLinks,
      unsettled: false,
    };
  },
};
