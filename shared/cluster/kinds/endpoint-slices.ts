import { z } from 'zod';
import type { ClusterKind } from '../kind.ts';
import type { Reference } from '../links.ts';
import { column } from '../row.ts';
import { statusOf } from '../status.ts';
import { flag, listOf, optionalPart, optionalText, part, text, whole } from '../tolerant.ts';

const endpoint = z.object({
  addresses: listOf(z.string()),
  // Nothing said means ready.
  conditions: part({ ready: z.boolean().catch(true), serving: flag, terminating: flag }),
  nodeName: optionalText,
  targetRef: optionalPart({ kind: text, name: text, namespace: optionalText }),
});

const schema = part({
  addressType: text,
  endpoints: listOf(endpoint),
  ports: listOf(z.object({ name: text, port: whole, protocol: text })),
});

export const endpointSlices: ClusterKind = {
  id: 'endpointslices.discovery.k8s.io',
  group: 'discovery.k8s.io',
  resource: 'endpointslices',
  kind: 'EndpointSlice',
  title: 'Endpoint slices',
  one: 'endpoint slice',
  namespaced: true,
  columns: [
    column('service', 'Service', 'text', { refers: 'services' }),
    column('readyCount', 'Ready', 'number'),
    column('allCount', 'All', 'number'),
    column('addresses', 'Addresses', 'list'),
    column('family', 'Family', 'text', { extra: true }),
  ],
  read(object, { metadata }) {
    const { endpoints, addressType } = schema.parse(object);
    const ready = endpoints.filter(({ conditions }) => conditions.ready).length;
    const service = metadata.labels['kubernetes.io/service-name'] ?? null;
    const pods = endpoints.flatMap(({ targetRef }): Reference[] =>
      targetRef?.kind === 'Pod'
        ? [
            {
              kind: 'pods',
              namespace: targetRef.namespace ?? metadata.namespace,
              name: targetRef.name,
            },
          ]
        : [],
    );
    const { namespace } = metadata;
    return {
      status:
        ready > 0 || endpoints.length === 0
          ? statusOf('well', endpoints.length === 0 ? 'Empty' : 'Ready')
          : statusOf('warn', 'Nobody ready'),
      cells: {
        service,
        readyCount: ready,
        allCount: endpoints.length,
        addresses: endpoints.slice(0, 20).flatMap(({ addresses }) => addresses.slice(0, 4)),
        family: addressType || null,
      },
      links: {
        refers: [
          ...(service === null ? [] : [{ kind: 'services', namespace, name: service }]),
          ...pods,
        ],
        picks: null,
      },
      unsettled: false,
    };
  },
};
