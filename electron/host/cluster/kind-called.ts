import { kindId } from '../../../shared/cluster/custom/custom-kind.ts';
import type { ResourceType } from '../../../shared/cluster/kube-object.ts';

/** Whether people call a kind so: `pods`, `po`, `Pod`, `deployments.apps`. */
export function isCalled(type: ResourceType, name: string): boolean {
  const wanted = name.toLowerCase();
  const { resource, kind, shortNames = [] } = type;
  return [kindId(type), resource, kind.toLowerCase(), ...shortNames].includes(wanted);
}
