import { z } from 'zod';
import { type ClusterKind, noLinks } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { spelled, statusOf } from '../status.ts';
import { flag, part, text } from '../tolerant.ts';
import { decodedSize } from './config-maps.ts';

/** Sizes in bytes instead of values: `withoutValues` has put them there. */
const schema = part({
  type: text,
  immutable: flag,
  data: z.record(z.string(), z.unknown()).catch({}),
});

const types: Readonly<Record<string, string>> = {
  Opaque: 'own',
  'kubernetes.io/tls': 'TLS certificate',
  'kubernetes.io/dockerconfigjson': 'registry login',
  'kubernetes.io/dockercfg': 'registry login',
  'kubernetes.io/service-account-token': 'service account token',
  'kubernetes.io/basic-auth': 'user and password',
  'kubernetes.io/ssh-auth': 'SSH key',
  'bootstrap.kubernetes.io/token': 'bootstrap token',
  'helm.sh/release.v1': 'Helm release',
};

export const secrets: ClusterKind = {
  id: 'secrets',
  group: '',
  resource: 'secrets',
  kind: 'Secret',
  title: 'Secrets',
  one: 'secret',
  namespaced: true,
  columns: [
    column('type', 'Type'),
    column('count', 'Keys', 'number'),
    column('size', 'Size', 'bytes'),
    column('keys', 'Which', 'list'),
    column('fixed', 'Cannot change', 'flag', { extra: true }),
  ],
  read(object, context) {
    const { type, data, immutable } = schema.parse(object);
    const keys = Object.keys(data);
    const sizes = Object.values(data).map((value) =>
      typeof value === 'number' ? value : decodedSize(value),
    );
    return {
      status: leavingStatus(context) ?? statusOf('well', 'There'),
      cells: {
        type: types[type] ?? spelled(type),
        count: keys.length,
        size: sizes.reduce((sum, size) => sum + size, 0),
        keys: keys.slice(0, 50),
        fixed: immutable,
      },
      links: noLinks,
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
};

/** The same secret with the size of each value in its place; only this is ever kept. */
export function withoutValues(secret: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { data, stringData: _never, ...rest } = secret;
  if (typeof data !== 'object' || data === null) return rest;
  const sizes = Object.entries(data).map(([key, value]) => [key, decodedSize(value)]);
  return { ...rest, data: Object.fromEntries(sizes) };
}
