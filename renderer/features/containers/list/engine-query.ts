import type { EngineKind } from '../../../../shared/containers/kinds.ts';
import type { ClusterQuery } from '../../cluster/table/cluster-query.ts';

/** Containers of a project stand together. */
export function firstEngineSort(kind: EngineKind): ClusterQuery['sort'] {
  return { column: kind === 'containers' ? 'namespace' : 'name', descending: false };
}
