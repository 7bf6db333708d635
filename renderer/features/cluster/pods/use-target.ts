import { useEffect } from 'react';
import type { ObjectPage } from '../../../../shared/cluster/object-page.ts';
import type { PodTarget } from '../../../../shared/cluster/pods/pod-target.ts';
import { useApp } from '../../../app/app-context.ts';
import type { Loadable, Resource } from '../../../rpc/resource.ts';
import { useResource } from '../../../rpc/use-resource.ts';

/** What of an object one can reach into, asked for anew when its page changes. */
export function useTarget(
  context: string,
  { kind, row, containers, ownedTotal }: ObjectPage,
): { readonly state: Loadable<PodTarget>; readonly resource: Resource<PodTarget> } {
  const { pods } = useApp().cluster;
  const { namespace, name } = row;
  const { label } = row.status;
  const resource = pods.target(JSON.stringify({ contextId: context, kind, namespace, name }));
  // A container that was added, pods that came or went, or it was looked at a while ago.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are why, not what with
  useEffect(() => void resource.reload(), [resource, label, containers.length, ownedTotal]);
  return { resource, state: useResource(resource) };
}
