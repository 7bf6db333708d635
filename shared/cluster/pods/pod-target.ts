import { z } from 'zod';
import { listOf, part, text, whole } from '../tolerant.ts';
import { containerList } from './container-list.ts';

/** Where a command can run, and whose log can be read. */
export const targetContainer = z.object({
  name: z.string(),
  /** `debug`: one that was added to look around. */
  role: z.enum(['main', 'init', 'sidecar', 'debug']),
  state: z.enum(['waiting', 'running', 'ended']),
  /** In words: `Running`, `Crashing`. */
  label: z.string(),
  why: z.string().nullable(),
  restarts: z.number().int(),
});
export type TargetContainer = z.infer<typeof targetContainer>;

export const targetPod = z.object({
  namespace: z.string(),
  name: z.string(),
  /** It takes requests. */
  ready: z.boolean(),
  containers: z.array(targetContainer),
});
export type TargetPod = z.infer<typeof targetPod>;

/** A port that is known of; another may be open as well. */
export const targetPort = z.object({
  port: z.number().int(),
  name: z.string().nullable(),
  /** Which container listens there; null: of a service. */
  container: z.string().nullable(),
});
export type TargetPort = z.infer<typeof targetPort>;

const status = z.object({
  name: text,
  restartCount: whole,
  state: part({ running: z.unknown().optional(), terminated: z.unknown().optional() }),
});
const ports = listOf(z.object({ name: text, containerPort: whole, protocol: text }));
const podParts = part({
  metadata: part({ name: text, namespace: text, deletionTimestamp: text }),
  spec: part({
    containers: listOf(z.object({ name: text, ports })),
    initContainers: listOf(z.object({ name: text, ports })),
    ephemeralContainers: listOf(z.object({ name: text })),
  }),
  status: part({
    phase: text,
    conditions: listOf(z.object({ type: text, status: text })),
    containerStatuses: listOf(status),
    initContainerStatuses: listOf(status),
    ephemeralContainerStatuses: listOf(status),
  }),
});

/** A pod as what one can reach into. */
export function targetPodOf(object: unknown): TargetPod {
  const { metadata, spec, status: standing } = podParts.parse(object);
  const statuses = [
    ...standing.containerStatuses,
    ...standing.initContainerStatuses,
    ...standing.ephemeralContainerStatuses,
  ];
  const stateOf = (name: string): TargetContainer['state'] => {
    const { running = null, terminated = null } =
      statuses.find((each) => each.name === name)?.state ?? {};
    if (running !== null) return 'running';
    return terminated === null ? 'waiting' : 'ended';
  };
  const own = containerList(object).map(({ name, role, status: { label, why }, restarts }) => ({
    ...{ name, role, label, why, restarts, state: stateOf(name) },
  }));
  const words = { waiting: 'Waiting', running: 'Running', ended: 'Ended' };
  const added = spec.ephemeralContainers.map(({ name }): TargetContainer => {
    const state = stateOf(name);
    return { name, role: 'debug', state, label: words[state], why: null, restarts: 0 };
  });
  const isReady = standing.conditions.some(
    (each) => each.type === 'Ready' && each.status === 'True',
  );
  return {
    ...{ namespace: metadata.namespace, name: metadata.name },
    ready: isReady && metadata.deletionTimestamp === '',
    containers: [...own, ...added],
  };
}

/** What its containers say that they listen on; only TCP can be forwarded. */
export function portsOfPod(object: unknown): TargetPort[] {
  const { containers, initContainers } = podParts.parse(object).spec;
  return [...initContainers, ...containers].flatMap(({ name: container, ports: all }) =>
    all
      .filter(({ protocol, containerPort }) => containerPort > 0 && /^(TCP)?$/.test(protocol))
      .map(({ name, containerPort }) => ({ port: containerPort, name: name || null, container })),
  );
}

export const podTarget = z.object({
  pods: z.array(targetPod),
  /** How many are not told of. */
  more: z.number().int(),
  ports: z.array(targetPort),
});
export type PodTarget = z.infer<typeof podTarget>;
