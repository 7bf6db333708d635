import { z } from 'zod';
import { flag, optionalPart, optionalText, optionalWhole, part, text, time } from '../tolerant.ts';

/** A snapshot of etcd, as K3s tells of it. */
export const etcdSnapshot = z.object({
  name: z.string(),
  node: z.string(),
  /** `file:///var/lib/…`, `s3://…`. */
  location: z.string(),
  /** UTC milliseconds. */
  at: z.number().nullable(),
  /** Bytes. */
  size: z.number().nullable(),
  /** One that K3s takes by its clock, of which it keeps the newest; others stay until somebody deletes them. */
  scheduled: z.boolean(),
  /** Why it cannot be used; null: it can. */
  problem: z.string().nullable(),
});
export type EtcdSnapshot = z.infer<typeof etcdSnapshot>;

const schema = part({
  spec: part({ snapshotName: text, nodeName: text, location: text, s3: optionalPart({}) }),
  status: part({
    creationTime: time,
    readyToUse: flag,
    size: optionalText,
    error: optionalPart({ message: text }),
  }),
});
const bytes = part({ status: part({ size: optionalWhole }) });

/** Of an ETCDSnapshotFile; null of one without a name. Never throws. */
export function readSnapshot(object: unknown): EtcdSnapshot | null {
  const { spec, status } = schema.parse(object);
  const name = spec.snapshotName;
  if (name === '') return null;
  const size = bytes.parse(object).status.size ?? sizeOf(status.size);
  const { error } = status;
  return {
    ...{ name, node: spec.nodeName, location: spec.location, at: status.creationTime, size },
    scheduled: name.startsWith('etcd-snapshot-'),
    problem:
      error !== null
        ? error.message || 'It failed.'
        : status.readyToUse
          ? null
          : 'It is not whole yet.',
  };
}

/** K3s writes a quantity: `4280352`, `12Mi`. */
function sizeOf(quantity: string | null): number | null {
  const [, number, unit = ''] = /^(\d+)(Ki|Mi|Gi)?$/.exec(quantity ?? '') ?? [];
  const factors: Record<string, number> = { '': 1, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 };
  return number === undefined ? null : Number(number) * (factors[unit] ?? 1);
}
