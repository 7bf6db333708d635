import { conditions } from '../condition.ts';
import { type ClusterKind, noLinks } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { said, statusOf } from '../status.ts';
import { part, text } from '../tolerant.ts';

const schema = part({ status: part({ phase: text, conditions }) });

/** What keeps a namespace from going, by its conditions. */
const hindrances = new Set([
  'NamespaceDeletionDiscoveryFailure',
  'NamespaceDeletionContentFailure',
  'NamespaceDeletionGroupVersionParsingFailure',
  'NamespaceContentRemaining',
  'NamespaceFinalizersRemaining',
]);

export const namespaces: ClusterKind = {
  id: 'namespaces',
  group: '',
  resource: 'namespaces',
  kind: 'Namespace',
  title: 'Namespaces',
  one: 'namespace',
  namespaced: false,
  columns: [column('security', 'Pod security')],
  read(object, context) {
    const { status } = schema.parse(object);
    const leaving = leavingStatus(context);
    const hindered = status.conditions
      .filter((each) => hindrances.has(each.type) && each.status === 'True' && each.message !== '')
      .map(({ message }) => said(message));
    return {
      status:
        leaving !== null && hindered.length > 0
          ? statusOf('warn', 'Terminating', hindered.join('; '), leaving.since)
          : (leaving ?? statusOf('well', 'Active')),
      cells: {
        security: context.metadata.labels['pod-security.kubernetes.io/enforce'] ?? null,
      },
      links: noLinks,
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
};
