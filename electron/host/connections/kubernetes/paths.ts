import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import type { ObjectName, RawRequest } from './types.ts';

/** `/api/v1`, or `/apis/GROUP/VERSION`. */
export function groupPath({ group, version }: Pick<ResourceType, 'group' | 'version'>): string {
  return group === '' ? `/api/${segment(version)}` : `/apis/${segment(group)}/${segment(version)}`;
}

/** Of all objects of a type, or of one namespace. */
export function typePath(type: ResourceType, namespace: string | undefined): string {
  const within = type.namespaced && namespace !== undefined;
  const space = within ? `/namespaces/${segment(namespace)}` : '';
  return `${groupPath(type)}${space}/${segment(type.resource)}`;
}

export function objectPath(
  type: ResourceType,
  { name, namespace, subresource }: ObjectName,
): string {
  const sub = subresource === undefined ? '' : `/${subresource.split('/').map(segment).join('/')}`;
  return `${typePath(type, namespace)}/${segment(name)}${sub}`;
}

/** `.` and `..` would lead elsewhere, and an empty one to the list. */
function segment(text: string): string {
  if (text === '' || text === '.' || text === '..')
    return encodeURIComponent(`invalid name ${text}`);
  return encodeURIComponent(text);
}

/** With its question mark, or empty. */
export function queryText(query: RawRequest['query'] | undefined): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) words.append(name, String(one));
  }
  const text = words.toString();
  return text === '' ? '' : `?${text}`;
}
