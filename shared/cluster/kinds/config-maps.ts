import { z } from 'zod';
import { type ClusterKind, noLinks } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { statusOf } from '../status.ts';
import { flag, part } from '../tolerant.ts';

/** Values stay as they are: what is of interest is how many and how large. */
const values = z.record(z.string(), z.unknown()).catch({});

const schema = part({ immutable: flag, data: values, binaryData: values });

export const configMaps: ClusterKind = {
  id: 'configmaps',
  group: '',
  resource: 'configmaps',
  kind: 'ConfigMap',
  title: 'Config maps',
  one: 'config map',
  namespaced: true,
  columns: [
    column('count', 'Keys', 'number'),
    column('size', 'Size', 'bytes'),
    column('keys', 'Which', 'list'),
    column('fixed', 'Cannot change', 'flag', { extra: true }),
  ],
  read(object, context) {
    const { data, binaryData, immutable } = schema.parse(object);
    const texts = Object.values(data).map((value) =>
      typeof value === 'string' ? value.length : 0,
    );
    const bytes = Object.values(binaryData).map(decodedSize);
    const keys = [...Object.keys(data), ...Object.keys(binaryData)];
    return {
      status: leavingStatus(context) ?? statusOf('well', 'There'),
      cells: {
        count: keys.length,
        size: [...texts, ...bytes].reduce((sum, size) => sum + size, 0),
        keys: keys.slice(0, 50),
        fixed: immutable,
      },
      links: noLinks,
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
};

/** Bytes of what stands there in base64. */
export function decodedSize(value: unknown): number {
  if (typeof value !== 'string') return 0;
  const padding = /={0,2}$/.exec(value)?.[0].length ?? 0;
  return Math.max(0, Math.floor((value.length * 3) / 4) - padding);
}
