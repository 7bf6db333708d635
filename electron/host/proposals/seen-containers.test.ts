import { describe, expect, it } from 'vitest';
import type { SectionData } from '../../../shared/model/facts.ts';
import { ok, sampleFacts } from '../inventory/sample-facts.ts';
import { seenServices } from './seen-services.ts';

type Container = NonNullable<SectionData<'containers'>[number]['containers']>[number];
type Listener = SectionData<'listeningPorts'>[number];

const plain: Container = {
  name: 'web',
  image: 'example/web:1',
  project: null,
  service: null,
  hostNetwork: false,
  ports: [],
};
const published = (port: number, address = '0.0.0.0') => ({
  protocol: 'tcp' as const,
  address,
  port,
});
const listens = (port: number, process: string | null): Listener => ({
  ...published(port),
  process,
});

function seen(containers: readonly Partial<Container>[], listeners: readonly Listener[] = []) {
  const facts = sampleFacts({
    containers: ok([
      {
        engine: 'docker',
        version: '27',
        running: true,
        containers: containers.map((one) => ({ ...plain, ...one })),
      },
    ]),
    listeningPorts: ok([...listeners]),
  });
  return seenServices(facts);
}

describe('containers', () => {
  it.each(['docker-proxy', 'rootlessport', null])(
    'are proposed by name, and their port not once more where %s listens',
    (process) => {
      const services = seen([{ ports: [published(8080)] }], [listens(8080, process)]);
      expect(services).toHaveLength(1);
      expect(services[0]).toMatchObject({
        product: 'web',
        kind: 'container',
        web: true,
        local: false,
        ports: [{ protocol: 'tcp', port: 8080, addresses: ['*'] }],
        container: { name: 'web', image: 'example/web:1', engine: 'docker' },
      });
    },
  );

  it('of one service of Compose are one, whatever their number', () => {
    const one = { project: 'shop', service: 'web' };
    const services = seen([
      { ...one, name: 'shop-web-1', ports: [published(8001)] },
      { ...one, name: 'shop-web-2', ports: [published(8002)] },
      { name: 'shop-db-1', project: 'shop', service: 'db', image: 'postgres:16' },
    ]);
    expect(services.map(({ product, ports }) => [product, ports.length])).toEqual([
      ['shop-web', 2],
      ['shop-db', 0],
    ]);
  });

  it.each([
    ['docker.io/library/postgres:16-alpine', 'database', false],
    ['mongo', 'database', false],
    ['mariadb@sha256:0a', 'database', false],
    ['grafana/grafana:11', 'monitoring', true],
    ['ghcr.io/home-assistant/home-assistant:stable', 'app', true],
    ['registry.example:5000/demo-model:1.0', 'container', true],
  ])('of the image %s are a %s', (image, kind, web) => {
    expect(seen([{ image }])[0]).toMatchObject({ product: 'web', kind, web });
  });

  it('that publish nothing are of use within the machine only', () => {
    expect(seen([{}])[0]?.local).toBe(true);
    expect(seen([{ ports: [published(80, '127.0.0.1')] }])[0]?.local).toBe(true);
    expect(seen([{ ports: [published(80)] }])[0]?.local).toBe(false);
  });

  it('in the network of the machine are what their program listens as', () => {
    const database = { name: 'db', image: 'postgres:16' };
    const host = seen([{ ...database, hostNetwork: true }], [listens(5432, 'postgres')]);
    expect(host).toMatchObject([{ product: 'db', ports: [{ port: 5432 }] }]);
    const beside = seen([database], [listens(5432, 'postgres')]);
    expect(beside.map(({ product }) => product)).toEqual(['db', 'PostgreSQL']);
  });

  it('of an agent that each machine runs are that agent', () => {
    const agent = { name: 'exporter', image: 'prom/node-exporter:v1', hostNetwork: true };
    const services = seen([agent], [listens(9100, 'node_exporter')]);
    expect(services).toMatchObject([{ product: 'node_exporter', everywhere: true }]);
  });
});
