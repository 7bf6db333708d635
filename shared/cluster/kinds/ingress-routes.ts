import { z } from 'zod';
import type { ClusterKind } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { column } from '../row.ts';
import { listOf, optionalPart, optionalText, part, text } from '../tolerant.ts';
import { ingressStatus } from './ingresses.ts';

const route = z.object({
  match: text,
  services: listOf(z.object({ name: text, namespace: optionalText, kind: text })),
});

const schema = part({
  spec: part({
    entryPoints: listOf(z.string()),
    routes: listOf(route),
    tls: optionalPart({ secretName: text }),
  }),
});

/** Traefik's own, which comes with K3s. */
export const ingressRoutes: ClusterKind = {
  id: 'ingressroutes.traefik.io',
  group: 'traefik.io',
  resource: 'ingressroutes',
  kind: 'IngressRoute',
  title: 'Ingress routes',
  one: 'ingress route',
  namespaced: true,
  columns: [
    column('hosts', 'Hosts', 'list'),
    column('rules', 'Rules', 'list'),
    column('services', 'Services', 'list'),
    column('tls', 'TLS', 'flag'),
    column('entries', 'Entry points', 'list'),
  ],
  needs: ['services'],
  read(object, context) {
    const { spec } = schema.parse(object);
    const { metadata, look } = context;
    const services = spec.routes
      .flatMap((each) => each.services)
      // Traefik's own services are no services of Kubernetes.
      .filter(({ kind, name }) => name !== '' && (kind === '' || kind === 'Service'));
    const refers = services.map(({ name, namespace }) => ({
      kind: 'services',
      namespace: namespace ?? metadata.namespace,
      name,
    }));
    const missing = refers.filter(
      ({ namespace, name }) => look.row('services', namespace, name) === null,
    );
    const secret = spec.tls?.secretName;
    return {
      status:
        leavingStatus(context) ??
        ingressStatus(
          missing.map(({ name }) => name),
          null,
        ),
      cells: {
        hosts: [...new Set(spec.routes.flatMap(({ match }) => hostsIn(match)))],
        rules: spec.routes.map(({ match }) => match),
        services: [...new Set(services.map(({ name }) => name))],
        tls: spec.tls !== null,
        entries: spec.entryPoints,
      },
      links: {
        refers: [
          ...refers,
          ...(secret ? [{ kind: 'secrets', namespace: metadata.namespace, name: secret }] : []),
        ],
        picks: null,
      },
      unsettled: true,
    };
  },
};

/** ``Host(`a.lan`, `b.lan`) && PathPrefix(`/`)`` */
function hostsIn(match: string): string[] {
  const hosts: string[] = [];
  for (const [, names = ''] of match.matchAll(/Host(?:SNI)?\(([^)]*)\)/g)) {
    for (const [, name = ''] of names.matchAll(/[`"']([^`"']*)[`"']/g)) hosts.push(name);
  }
  return hosts;
}
