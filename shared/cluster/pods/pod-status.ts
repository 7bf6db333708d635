import { conditionOf } from '../condition.ts';
import type { ReadContext } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { type ClusterStatus, said, spelled, statusOf } from '../status.ts';
import { containerTrouble } from './container-words.ts';
import { endedByOthers } from './ended-words.ts';
import { exitText } from './exit-words.ts';
import { type Container, type ContainerStatus, isSidecar, type Pod } from './pod.ts';
import { podWaits } from './pod-waits.ts';
import { schedulingText } from './scheduling-words.ts';

/** Killed for memory so lately, it wants a look though it runs again. */
const lately = 15 * 60_000;

/** How a pod stands, in words: the first of these that has something to say. */
export function podStatus(pod: Pod, context: ReadContext): ClusterStatus {
  return (
    leaving(pod, context) ??
    ended(pod) ??
    unscheduled(pod, context) ??
    initializing(pod, context) ??
    inTrouble(pod) ??
    starting(pod, context) ??
    notReady(pod) ??
    running(pod, context)
  );
}

function leaving({ spec }: Pod, context: ReadContext): ClusterStatus | null {
  const status = leavingStatus(context);
  if (status?.level !== 'warn' || spec.nodeName === null) return status;
  const node = context.look.row('nodes', null, spec.nodeName);
  if (node === undefined || (node !== null && node.cells.ready !== false)) return status;
  const why = `its node ${said(spec.nodeName)} ${node === null ? 'is gone' : 'is down'}, so nobody says that it ended`;
  return { ...status, why };
}

function ended(pod: Pod): ClusterStatus | null {
  if (pod.status.phase === 'Succeeded') return statusOf('ended', 'Completed');
  if (pod.status.phase !== 'Failed') return null;
  return (
    endedByOthers(pod) ??
    inTrouble(pod) ??
    statusOf('bad', 'Failed', said(pod.status.message) || null)
  );
}

function unscheduled(pod: Pod, { metadata, look }: ReadContext): ClusterStatus | null {
  if (pod.spec.nodeName !== null || pod.status.phase === 'Running') return null;
  const condition = conditionOf(pod.status.conditions, 'PodScheduled');
  const since = condition?.lastTransitionTime ?? metadata.creationTimestamp;
  const gates = pod.spec.schedulingGates.map(({ name }) => said(name));
  if (condition?.reason === 'SchedulingGated' || (gates.length > 0 && condition === undefined)) {
    return statusOf('busy', 'Held back', `until ${gates.join(', ')} lets it go`, since);
  }
  const waits = podWaits(pod, metadata.namespace, look);
  if (condition?.status !== 'False')
    return statusOf('busy', 'Waiting', waits ?? 'no node was chosen yet', since);
  const told =
    condition.message === '' ? spelled(condition.reason) : schedulingText(condition.message);
  return statusOf('bad', 'Waiting for a node', waits ?? told, since);
}

function initializing(pod: Pod, context: ReadContext): ClusterStatus | null {
  const { initContainers } = pod.spec;
  const done = conditionOf(pod.status.conditions, 'Initialized')?.status === 'True';
  const statuses = pod.status.initContainerStatuses;
  if (done && !statuses.some(({ state }) => state.waiting !== null)) return null;
  for (const [at, container] of initContainers.entries()) {
    const status = statuses.find(({ name }) => name === container.name);
    if (isThrough(container, status)) continue;
    if (status === undefined && done) continue;
    const which = `${at + 1} of ${initContainers.length}`;
    const trouble = status === undefined ? null : containerTrouble(status, container);
    if (trouble !== null) return { ...trouble, why: `init container ${which}: ${trouble.why}` };
    const waits = podWaits(pod, context.metadata.namespace, context.look);
    const why =
      waits ??
      `init container ${which}, ${said(container.name)}, ${status?.state.running ? 'runs' : 'comes next'}`;
    return statusOf(
      'busy',
      'Starting',
      why,
      status?.state.running?.startedAt ?? pod.status.startTime,
    );
  }
  return null;
}

function isThrough(container: Container, status: ContainerStatus | undefined): boolean {
  if (status === undefined) return false;
  if (isSidecar(container)) return status.started === true;
  return status.state.terminated?.exitCode === 0;
}

/** The first container that cannot do its work. */
function inTrouble({ spec, status }: Pod): ClusterStatus | null {
  for (const each of status.containerStatuses) {
    const container = spec.containers.find(({ name }) => name === each.name);
    const trouble = containerTrouble(each, container);
    if (trouble !== null) return trouble;
  }
  return null;
}

function starting(pod: Pod, { metadata, look }: ReadContext): ClusterStatus | null {
  const waits = pod.status.containerStatuses.filter(({ state }) => state.waiting !== null);
  if (pod.status.phase === 'Running' && waits.length === 0) return null;
  const why = podWaits(pod, metadata.namespace, look);
  const since = pod.status.startTime ?? metadata.creationTimestamp;
  if (pod.status.phase === 'Unknown') {
    return statusOf('unknown', 'Unknown', 'its node does not say how it stands', since);
  }
  if (pod.status.startTime === null && pod.spec.nodeName !== null) {
    return statusOf(
      'busy',
      'Starting',
      why ?? `the node ${said(pod.spec.nodeName)} has not taken it up yet`,
      since,
    );
  }
  return statusOf(
    'busy',
    'Starting',
    why ?? 'volumes, network and images are being made ready',
    since,
  );
}

function notReady({ spec, status }: Pod): ClusterStatus | null {
  const ready = conditionOf(status.conditions, 'Ready');
  if (ready?.status !== 'False') return null;
  const since = ready.lastTransitionTime;
  for (const each of status.containerStatuses) {
    if (each.ready || each.state.terminated !== null) continue;
    const container = spec.containers.find(({ name }) => name === each.name);
    const name = said(each.name);
    if (each.started === false && container?.startupProbe) {
      return statusOf(
        'busy',
        'Starting',
        `container ${name}: its startup probe has not passed yet`,
        since,
      );
    }
    const why = container?.readinessProbe ? 'its readiness probe fails' : 'it is not ready';
    return statusOf('warn', 'Not ready', `container ${name}: ${why}`, since);
  }
  const gate = spec.readinessGates.find(
    ({ conditionType }) => conditionOf(status.conditions, conditionType)?.status !== 'True',
  );
  if (gate)
    return statusOf(
      'warn',
      'Not ready',
      `${said(gate.conditionType)} has not been said yet`,
      since,
    );
  if (status.containerStatuses.every(({ state }) => state.terminated !== null)) return null;
  const lost = 'its containers are ready; it was marked as not ready when its node did not answer';
  return statusOf('warn', 'Not ready', said(ready.message) || lost, since);
}

function running({ spec, status }: Pod, { now }: ReadContext): ClusterStatus {
  const since = conditionOf(status.conditions, 'Ready')?.lastTransitionTime ?? status.startTime;
  for (const each of status.containerStatuses) {
    const last = each.lastState.terminated;
    if (last?.reason !== 'OOMKilled' || now - (last.finishedAt ?? 0) > lately) continue;
    const container = spec.containers.find(({ name }) => name === each.name);
    return statusOf(
      'warn',
      'Running',
      `container ${said(each.name)} ${exitText(last, container)}`,
      last.finishedAt,
    );
  }
  return statusOf('well', 'Running', null, since);
}
