import type { z } from 'zod';
import type { shownContainer } from '../object-page.ts';
import { statusOf } from '../status.ts';
import { containerTrouble } from './container-words.ts';
import { exitText } from './exit-words.ts';
import { type Container, type ContainerStatus, isSidecar, podSchema } from './pod.ts';

type Shown = z.infer<typeof shownContainer>;

/** The containers of a pod in the order in which they start, each with its state in words. */
export function containerList(object: unknown): Shown[] {
  const { spec, status } = podSchema.parse(object);
  const shown = (container: Container, role: Shown['role'], all: readonly ContainerStatus[]) => {
    const found = all.find(({ name }) => name === container.name);
    return {
      name: container.name,
      image: container.image,
      role,
      status: stateOf(found, container),
      ready: found?.ready ?? false,
      restarts: found?.restartCount ?? 0,
    };
  };
  return [
    ...spec.initContainers.map((each) =>
      shown(each, isSidecar(each) ? 'sidecar' : 'init', status.initContainerStatuses),
    ),
    ...spec.containers.map((each) => shown(each, 'main', status.containerStatuses)),
  ];
}

function stateOf(status: ContainerStatus | undefined, container: Container) {
  if (status === undefined) return statusOf('busy', 'Waiting', 'it has not begun yet');
  const trouble = containerTrouble(status, container);
  if (trouble !== null) return trouble;
  const { running, terminated } = status.state;
  if (terminated !== null) return statusOf('ended', 'Completed', null, terminated.finishedAt);
  if (running === null) return statusOf('busy', 'Starting');
  const last = status.lastState.terminated;
  // An end that is not an error is no news either.
  const why =
    last === null || last.exitCode === 0 ? null : `before, it ${exitText(last, container)}`;
  return statusOf('well', 'Running', why, running.startedAt);
}
