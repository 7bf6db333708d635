import { type ClusterStatus, said, spelled, statusOf } from '../status.ts';
import { exitText } from './exit-words.ts';
import { isPullProblem, pullText } from './image-words.ts';
import type { Container, ContainerStatus } from './pod.ts';

/** What keeps one container from doing its work; null where nothing does. */
export function containerTrouble(
  status: ContainerStatus,
  container: Container | undefined,
): ClusterStatus | null {
  const { waiting, terminated } = status.state;
  const name = said(status.name);
  if (terminated !== null) {
    if (terminated.exitCode === 0) return null;
    const label = terminated.reason === 'OOMKilled' ? 'Out of memory' : 'Failed';
    return statusOf(
      'bad',
      label,
      `container ${name} ${exitText(terminated, container)}`,
      terminated.finishedAt,
    );
  }
  return waiting === null ? null : waitingStatus(status, waiting, container);
}

const startErrors: Readonly<Record<string, string>> = {
  CreateContainerConfigError: 'its settings are not whole',
  CreateContainerError: 'it cannot be made',
  RunContainerError: 'it cannot be started',
  PreCreateHookError: 'a hook before it was made failed',
  PreStartHookError: 'a hook before its start failed',
  PostStartHookError: 'its hook after the start failed',
};

function waitingStatus(
  status: ContainerStatus,
  { reason, message }: { readonly reason: string; readonly message: string },
  container: Container | undefined,
): ClusterStatus | null {
  const name = said(status.name);
  if (reason === '' || reason === 'ContainerCreating' || reason === 'PodInitializing') return null;
  if (isPullProblem(reason)) {
    return statusOf('bad', 'Cannot pull image', pullText(container?.image ?? '', reason, message));
  }
  if (reason === 'CrashLoopBackOff') return crashing(status, container);
  const words = startErrors[reason];
  if (words === undefined) {
    const detail = message === '' ? '' : `: ${said(message)}`;
    return statusOf('bad', 'Waiting', `container ${name}: ${spelled(reason)}${detail}`);
  }
  const detail = message === '' ? '' : ` (${startText(message)})`;
  return statusOf('bad', 'Cannot start', `container ${name}: ${words}${detail}`);
}

function crashing(status: ContainerStatus, container: Container | undefined): ClusterStatus {
  const last = status.lastState.terminated;
  const how = last === null ? 'ends again and again' : exitText(last, container);
  const times = status.restartCount > 1 ? `, started again ${status.restartCount} times` : '';
  return statusOf(
    'bad',
    'Crashing',
    `container ${said(status.name)} ${how}${times}; it is tried again after a pause`,
    last?.finishedAt ?? null,
  );
}

/** `secret "x" not found` → `the secret x does not exist`. */
function startText(message: string): string {
  const [, kind, name] = /^(secret|configmap) "([^"]*)" not found$/.exec(message) ?? [];
  if (kind !== undefined && name !== undefined) {
    return `the ${kind === 'secret' ? 'secret' : 'config map'} ${said(name)} does not exist`;
  }
  const [, key, holder] =
    /^couldn't find key (\S+) in (?:Secret|ConfigMap) (\S+)$/.exec(message) ?? [];
  if (key !== undefined && holder !== undefined) return `${said(holder)} has no key ${said(key)}`;
  return said(message);
}
