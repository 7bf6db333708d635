import type { ClusterAction } from '../../../../shared/cluster/actions/action.ts';
import type { ActionDone } from '../../../../shared/cluster/actions/preview.ts';
import { useApp } from '../../../app/app-context.ts';
import { objectRoute } from '../cluster-links.tsx';
import { editKey } from './edits-store.ts';

/** After it was done: leads to what came of it, where that has a page. */
export function useActed(contextId: string, onClose: () => void) {
  const { router, cluster } = useApp();
  return (action: ClusterAction, results: readonly ActionDone[]): void => {
    onClose();
    cluster.table.clear();
    if (action.do === 'edit') cluster.edits.leave(editKey(contextId, action));
    const [only, other] = results;
    const made = other === undefined ? (only?.made ?? null) : null;
    if (action.do === 'debug') {
      const pod = { kind: 'pods', namespace: action.namespace, name: action.name };
      router.go({ ...objectRoute({ context: contextId, ...pod }), tab: 'terminal' });
    } else if (made !== null) {
      router.go(objectRoute({ context: contextId, ...made }));
    }
  };
}
