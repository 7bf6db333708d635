import { Select } from '@mantine/core';
import { useState } from 'react';
import type { PodTarget, TargetContainer } from '../../../../shared/cluster/pods/pod-target.ts';
import classes from './pods.module.css';

export interface PickedContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container: TargetContainer;
}

/**
 * Which container of which pod: at first one that runs, of a pod that is ready. `debugs`: rather one that
 * was added to look around.
 */
export function usePickedContainer(
  target: PodTarget,
  { debugs = false }: { readonly debugs?: boolean } = {},
): {
  readonly picked: PickedContainer | null;
  readonly pickPod: (pod: string | null) => void;
  readonly pickContainer: (container: string | null) => void;
} {
  const [pod, pickPod] = useState<string | null>(null);
  const [container, pickContainer] = useState<string | null>(null);
  const chosen = target.pods.find(({ name }) => name === pod) ?? target.pods[0];
  const found =
    chosen?.containers.find(({ name }) => name === container) ??
    chosen?.containers.findLast(
      ({ state, role }) => debugs && state !== 'ended' && role === 'debug',
    ) ??
    chosen?.containers.find(({ state, role }) => state === 'running' && role === 'main') ??
    chosen?.containers.find(({ state }) => state === 'running') ??
    chosen?.containers[0];
  const picked =
    chosen === undefined || found === undefined
      ? null
      : { namespace: chosen.namespace, pod: chosen.name, container: found };
  return { picked, pickPod, pickContainer };
}

interface ContainerPickProps extends ReturnType<typeof usePickedContainer> {
  readonly target: PodTarget;
}

/** Nothing is asked where there is no choice. */
export function ContainerPick({ target, picked, pickPod, pickContainer }: ContainerPickProps) {
  const containers = target.pods.find(({ name }) => name === picked?.pod)?.containers ?? [];
  const words = ({ name, state }: TargetContainer) => {
    return state === 'running' ? name : `${name} (${state === 'waiting' ? 'waits' : 'has ended'})`;
  };
  return (
    <>
      {target.pods.length > 1 && (
        <Select
          aria-label="Pod"
          className={classes.pick}
          data={target.pods.map(({ name }) => name)}
          value={picked?.pod ?? null}
          onChange={pickPod}
          allowDeselect={false}
          searchable
        />
      )}
      {containers.length > 1 && (
        <Select
          aria-label="Container"
          className={classes.pickLess}
          data={containers.map((each) => ({ value: each.name, label: words(each) }))}
          value={picked?.container.name ?? null}
          onChange={pickContainer}
          allowDeselect={false}
        />
      )}
    </>
  );
}
