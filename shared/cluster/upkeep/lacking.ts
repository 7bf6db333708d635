import { readMetadata } from '../metadata.ts';
import { optionalWhole, part, whole } from '../tolerant.ts';

/** A workload that has fewer pods at work than it wants. */
export interface Lacking {
  /** `Deployment shop/web` */
  readonly key: string;
  readonly count: number;
}

const schema = part({
  spec: part({ replicas: optionalWhole }),
  status: part({
    availableReplicas: whole,
    readyReplicas: whole,
    desiredNumberScheduled: whole,
    numberAvailable: whole,
  }),
});

/** Null of one that lacks nothing. Never throws. */
export function readLacking(kind: string, object: unknown): Lacking | null {
  const { name, namespace } = readMetadata(object);
  const { spec, status } = schema.parse(object);
  const [wanted, there] =
    kind === 'DaemonSet'
      ? [status.desiredNumberScheduled, status.numberAvailable]
      : [spec.replicas ?? 1, status.availableReplicas];
  const count = wanted - there;
  return name === '' || count <= 0 ? null : { key: `${kind} ${namespace ?? ''}/${name}`, count };
}
