import { z } from 'zod';
import { conditions } from '../condition.ts';
import { quantities } from '../quantity.ts';
import {
  flag,
  listOf,
  optionalPart,
  optionalText,
  optionalWhole,
  part,
  text,
  time,
  whole,
} from '../tolerant.ts';

/** The parts of a pod that are used. */

const ended = optionalPart({
  exitCode: whole,
  signal: whole,
  reason: text,
  message: text,
  startedAt: time,
  finishedAt: time,
});
export type ContainerEnd = NonNullable<z.infer<typeof ended>>;

const containerState = part({
  waiting: optionalPart({ reason: text, message: text }),
  running: optionalPart({ startedAt: time }),
  terminated: ended,
});

const containerStatus = z.object({
  name: z.string().max(300),
  ready: flag,
  started: z.boolean().nullable().catch(null),
  restartCount: whole,
  state: containerState,
  lastState: containerState,
});
export type ContainerStatus = z.infer<typeof containerStatus>;

const named = optionalPart({ name: text });
const source = part({ configMapRef: named, secretRef: named });
const variable = part({
  valueFrom: part({ configMapKeyRef: named, secretKeyRef: named }),
});
const probe = optionalPart({ periodSeconds: whole });

const container = z.object({
  name: z.string().max(300),
  image: text,
  restartPolicy: text,
  resources: part({ requests: quantities, limits: quantities }),
  envFrom: listOf(source),
  env: listOf(variable),
  readinessProbe: probe,
  startupProbe: probe,
});
export type Container = z.infer<typeof container>;

const projected = part({ configMap: named, secret: named });

const volume = z.object({
  name: z.string().max(300),
  persistentVolumeClaim: optionalPart({ claimName: text }),
  configMap: named,
  secret: optionalPart({ secretName: text }),
  projected: optionalPart({ sources: listOf(projected) }),
  emptyDir: optionalPart({ medium: text }),
  hostPath: optionalPart({ path: text }),
  ephemeral: optionalPart({}),
});

export const podSchema = part({
  spec: part({
    nodeName: optionalText,
    serviceAccountName: optionalText,
    restartPolicy: text,
    priorityClassName: optionalText,
    containers: listOf(container),
    initContainers: listOf(container),
    volumes: listOf(volume),
    schedulingGates: listOf(z.object({ name: text })),
    readinessGates: listOf(z.object({ conditionType: text })),
    imagePullSecrets: listOf(z.object({ name: text })),
    overhead: quantities,
    terminationGracePeriodSeconds: optionalWhole,
  }),
  status: part({
    phase: text,
    reason: text,
    message: text,
    conditions,
    containerStatuses: listOf(containerStatus),
    initContainerStatuses: listOf(containerStatus),
    podIP: optionalText,
    qosClass: text,
    startTime: time,
  }),
});
export type Pod = z.infer<typeof podSchema>;

/** One that starts with the others before it and goes on running beside them. */
export function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

/** What the scheduler keeps free for it: its containers, or the largest that starts before them. */
export function askedBy({ spec }: Pod, resource: string): number {
  const of = ({ resources }: Container) =>
    resources.requests[resource] ?? resources.limits[resource] ?? 0;
  let beside = 0;
  let most = 0;
  for (const each of spec.initContainers) {
    if (isSidecar(each)) beside += of(each);
    most = Math.max(most, beside + (isSidecar(each) ? 0 : of(each)));
  }
  const together = spec.containers.reduce((sum, each) => sum + of(each), beside);
  return Math.max(most, together) + (spec.overhead[resource] ?? 0);
}
