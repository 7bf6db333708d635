import { z } from 'zod';
import type { ClusterKind } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import type { Reference } from '../links.ts';
import { column } from '../row.ts';
import { statusOf } from '../status.ts';
import { listOf, optionalPart, optionalText, part, text } from '../tolerant.ts';

const backend = optionalPart({ service: optionalPart({ name: text }) });
const rule = z.object({
  host: text,
  http: part({ paths: listOf(z.object({ path: text, backend })) }),
});

const schema = part({
  spec: part({
    ingressClassName: optionalText,
    defaultBackend: backend,
    rules: listOf(rule),
    tls: listOf(z.object({ secretName: text, hosts: listOf(z.string()) })),
  }),
  status: part({
    loadBalancer: part({ ingress: listOf(z.object({ ip: text, hostname: text })) }),
  }),
});

export const ingresses: ClusterKind = {
  id: 'ingresses.networking.k8s.io',
  group: 'networking.k8s.io',
  resource: 'ingresses',
  kind: 'Ingress',
  title: 'Ingresses',
  one: 'ingress',
  namespaced: true,
  columns: [
    column('hosts', 'Hosts', 'list'),
    column('paths', 'Paths', 'list'),
    column('services', 'Services', 'list'),
    column('tls', 'TLS', 'flag'),
    column('class', 'Class'),
    column('address', 'Address', 'list'),
  ],
  needs: ['services'],
  read(object, context) {
    const { spec, status } = schema.parse(object);
    const { namespace } = context.metadata;
    const paths = spec.rules.flatMap(({ http }) => http.paths);
    const named = [spec.defaultBackend, ...paths.map((path) => path.backend)];
    const services = [...new Set(named.flatMap((each) => each?.service?.name || []))];
    const missing = services.filter(
      (name) => context.look.row('services', namespace, name) === null,
    );
    const refers: Reference[] = [
      ...services.map((name) => ({ kind: 'services', namespace, name })),
      ...spec.tls
        .filter(({ secretName }) => secretName !== '')
        .map(({ secretName: name }) => ({ kind: 'secrets', namespace, name })),
    ];
    const addresses = status.loadBalancer.ingress.map(({ ip, hostname }) => ip || hostname);
    return {
      status: leavingStatus(context) ?? ingressStatus(missing, addresses),
      cells: {
        hosts: spec.rules.map(({ host }) => host || '*'),
        paths: paths.map(({ path }) => path || '/'),
        services,
        tls: spec.tls.length > 0,
        class: spec.ingressClassName,
        address: addresses,
      },
      links: { refers, picks: null },
      unsettled: true,
    };
  },
};

/** `missing`: services that it leads to and that do not exist. */
export function ingressStatus(missing: readonly string[], addresses: readonly string[] | null) {
  const [first] = missing;
  if (first !== undefined) {
    return statusOf('bad', 'Leads nowhere', `the service ${missing.join(', ')} does not exist`);
  }
  if (addresses?.length === 0) {
    return statusOf('warn', 'No address', 'no ingress controller has taken it up');
  }
  return statusOf('well', 'Ready');
}
