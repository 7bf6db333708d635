import type { ObjectPage } from '../../../../shared/cluster/object-page.ts';
import type { PodTarget } from '../../../../shared/cluster/pods/pod-target.ts';
import { useApp } from '../../../app/app-context.ts';
import type { Loadable, Resource } from '../../../rpc/resource.ts';
import { useResource } from '../../../rpc/use-resource.ts';

/** What of an object one can reach into, as it stood when it was asked for. */
export function useTarget(
  context: string,
  { kind, row: { namespace, name } }: ObjectPage,
): { readonly state: Loadable<PodTarget>; readonly resource: Resource<PodTarget> } {
  const { pods } = useApp().cluster;
  const resource = pods.target(JSON.stringify({ contextId: context, kind, namespace, name }));
  return { resource, state: useResource(resource) };
}
