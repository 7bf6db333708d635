import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import type { ClusterKind } from '../../../../shared/cluster/kind.ts';
import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { LiveCluster } from './live-cluster.ts';

const values = z.record(z.string(), z.unknown()).catch({});
const holder = z.looseObject({ data: values, binaryData: values });

export interface Revealed {
  /** Null: bytes that are no text. */
  readonly text: string | null;
  readonly base64: string;
}

interface Asked {
  readonly cluster: LiveCluster;
  readonly kind: ClusterKind;
  readonly which: ObjectName;
  readonly key: string;
  readonly signal: AbortSignal;
}

/** One value, read for this once and not kept. Throws NOT_FOUND, KubeError. */
export async function revealValue({ cluster, kind, which, key, signal }: Asked): Promise<Revealed> {
  const type = await cluster.kinds.typeOf(kind);
  if (type === null || (kind.id !== 'secrets' && kind.id !== 'configmaps')) {
    throw new RackhelmError('INVALID_INPUT', 'Only secrets and config maps have such values.');
  }
  const client = await cluster.client();
  const { namespace, name } = which;
  const object = await client.get(
    type,
    { name, ...(namespace !== null && { namespace }) },
    { signal },
  );
  const { data, binaryData } = holder.parse(object);
  const encoded = kind.id === 'secrets' ? data : binaryData;
  if (Object.hasOwn(encoded, key)) return decoded(String(encoded[key]));
  if (kind.id === 'configmaps' && Object.hasOwn(data, key)) {
    const text = String(data[key]);
    return { text, base64: Buffer.from(text).toString('base64') };
  }
  throw new RackhelmError('NOT_FOUND', `${name} has no key ${key}.`);
}

function decoded(base64: string): Revealed {
  const bytes = Buffer.from(base64, 'base64');
  return { text: isUtf8(bytes) ? bytes.toString('utf8') : null, base64 };
}
