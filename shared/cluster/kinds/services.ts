import { z } from 'zod';
import type { ClusterKind, ReadContext } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { selectorOf } from '../selector.ts';
import { type ClusterStatus, statusOf } from '../status.ts';
import { listOf, optionalText, part, text, texts, whole } from '../tolerant.ts';

const port = z.object({ name: text, port: whole, nodePort: whole, protocol: text });

const schema = part({
  spec: part({
    type: text,
    clusterIP: optionalText,
    externalName: optionalText,
    externalIPs: listOf(z.string()),
    selector: texts,
    ports: listOf(port),
  }),
  status: part({
    loadBalancer: part({ ingress: listOf(z.object({ ip: text, hostname: text })) }),
  }),
});
type Service = z.infer<typeof schema>;

export const services: ClusterKind = {
  id: 'services',
  group: '',
  resource: 'services',
  kind: 'Service',
  title: 'Services',
  one: 'service',
  namespaced: true,
  columns: [
    column('type', 'Type'),
    column('address', 'Address in cluster'),
    column('outside', 'Address outside', 'list'),
    column('ports', 'Ports', 'list'),
    column('ready', 'Pods ready', 'ratio'),
  ],
  needs: ['endpointslices.discovery.k8s.io'],
  read(object, context) {
    const service = schema.parse(object);
    const { spec } = service;
    return {
      status: serviceStatus(service, context),
      cells: {
        type: spec.type || 'ClusterIP',
        address: spec.clusterIP,
        outside: outsideOf(service),
        ports: spec.ports.map(portText),
        picksPods: Object.keys(spec.selector).length > 0,
        ready: null,
      },
      links: { refers: [], picks: selectorOf(spec.selector) },
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
  fill({ namespace, name, cells, status }, look) {
    const counted = look.endpointsOf(namespace, name);
    if (counted === undefined || cells.type === 'ExternalName') return { cells: { ready: null } };
    const ready = `${counted.ready}/${counted.all}`;
    if (status.level !== 'well') return { cells: { ready } };
    const standing = endpointStatus(counted, cells.picksPods === true);
    return { cells: { ready }, ...(standing === null ? {} : { status: standing }) };
  },
};

function portText({ port, nodePort, protocol }: Service['spec']['ports'][number]): string {
  const outside = nodePort > 0 ? `:${nodePort}` : '';
  return `${port}${outside}/${(protocol || 'TCP').toLowerCase()}`;
}

function outsideOf({ spec, status }: Service): string[] {
  const given = status.loadBalancer.ingress.map(({ ip, hostname }) => ip || hostname);
  const named = spec.type === 'ExternalName' && spec.externalName ? [spec.externalName] : [];
  return [...given, ...spec.externalIPs, ...named].filter((each) => each !== '');
}

function serviceStatus({ spec, status }: Service, context: ReadContext): ClusterStatus {
  const leaving = leavingStatus(context);
  if (leaving !== null) return leaving;
  if (spec.type === 'LoadBalancer' && status.loadBalancer.ingress.length === 0) {
    return statusOf(
      'warn',
      'No address',
      'no load balancer has given it an address outside',
      context.metadata.creationTimestamp,
    );
  }
  return statusOf('well', 'Ready');
}

function endpointStatus(
  { ready, all }: { readonly ready: number; readonly all: number },
  picksPods: boolean,
): ClusterStatus | null {
  if (ready > 0) return null;
  if (all > 0) return statusOf('bad', 'Nobody ready', `none of ${all} behind it is ready`);
  const why = picksPods ? 'no pod has the labels that it asks for' : 'it names nobody behind it';
  return statusOf('warn', 'Nobody behind it', why);
}
