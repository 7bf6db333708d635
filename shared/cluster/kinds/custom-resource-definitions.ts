import { z } from 'zod';
import { conditionOf, conditions } from '../condition.ts';
import { type ClusterKind, noLinks } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { said, statusOf } from '../status.ts';
import { flag, listOf, part, text } from '../tolerant.ts';

const schema = part({
  spec: part({
    group: text,
    scope: text,
    names: part({ kind: text, plural: text }),
    versions: listOf(z.object({ name: text, served: flag, storage: flag })),
  }),
  status: part({ conditions }),
});

export const customResourceDefinitions: ClusterKind = {
  id: 'customresourcedefinitions.apiextensions.k8s.io',
  group: 'apiextensions.k8s.io',
  resource: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  title: 'Custom resource definitions',
  one: 'custom resource definition',
  namespaced: false,
  columns: [
    column('kind', 'Kind'),
    column('group', 'Group'),
    column('versions', 'Versions', 'list'),
    column('namespaced', 'In namespaces', 'flag'),
  ],
  read(object, context) {
    const { spec, status } = schema.parse(object);
    const established = conditionOf(status.conditions, 'Established');
    const names = conditionOf(status.conditions, 'NamesAccepted');
    const refused = names?.status === 'False' ? said(names.message) : null;
    return {
      status:
        leavingStatus(context) ??
        (established?.status === 'True'
          ? statusOf('well', 'Served')
          : statusOf('warn', 'Not served', refused)),
      cells: {
        kind: spec.names.kind,
        group: spec.group,
        versions: spec.versions.filter(({ served }) => served).map(({ name }) => name),
        namespaced: spec.scope === 'Namespaced',
      },
      links: noLinks,
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
};
