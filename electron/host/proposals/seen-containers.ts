import type { Facts, SectionData } from '../../../shared/model/facts.ts';
import { shortenedTo } from '../../../shared/model/name.ts';
import { type Product, products } from './service-catalogue.ts';
import type { ServiceThing } from './thing.ts';

type Listener = SectionData<'listeningPorts'>[number];
type Container = NonNullable<SectionData<'containers'>[number]['containers']>[number];

/** Characters: the machine's name stands behind it. */
const longestCalled = 100;

export interface SeenContainer {
  readonly key: string;
  readonly product: Product;
  readonly container: NonNullable<ServiceThing['container']>;
  /** What the catalogue knows its image as. */
  readonly runs: Product | undefined;
  readonly hostNetwork: boolean;
  readonly published: Listener[];
}

/** Containers that run, several of one Compose service taken together. */
export function seenContainers(facts: Facts): readonly SeenContainer[] {
  const { containers } = facts.sections;
  if (containers.status !== 'ok') return [];
  const seen = new Map<string, SeenContainer>();
  for (const { engine, containers: list = [] } of containers.data) {
    for (const container of list) {
      const found = seenContainer(engine, container);
      const known = seen.get(found.key) ?? found;
      seen.set(found.key, known);
      known.published.push(...container.ports.map((port) => ({ ...port, process: null })));
    }
  }
  return [...seen.values()];
}

function seenContainer(
  engine: string,
  { name, image, project, service, hostNetwork }: Container,
): SeenContainer {
  const runs = productOfImage(image);
  const called = serviceName({ name, project, service });
  // An agent of each machine is one service, in a container or not.
  const isAgent = runs?.everywhere === true;
  return {
    key: isAgent ? runs.name : `container/${engine}/${called}`,
    product: isAgent ? runs : productCalled(called, runs),
    container: { name, image, engine },
    runs,
    hostNetwork,
    published: [],
  };
}

/** `shop-web` of the service `web` in the project `shop`, however many containers do it. */
function serviceName({
  name,
  project,
  service,
}: Pick<Container, 'name' | 'project' | 'service'>): string {
  if (project === null || service === null || project === service) {
    return shortenedTo(service ?? name, longestCalled);
  }
  return shortenedTo(`${project}-${service}`, longestCalled);
}

/** Two databases on one machine are two services, as their containers are: the name tells them. */
function productCalled(name: string, runs: Product | undefined): Product {
  const own = `(^|\\W)${name.replaceAll(/[^\w]/g, '.')}(\\W|$)`;
  const words = new RegExp(runs === undefined ? own : `${own}|${runs.words.source}`, 'i');
  const isWeb = runs === undefined || runs.web === true;
  return { name, kind: runs?.kind ?? 'container', words, ...(isWeb && { web: true }) };
}

/**
 * `docker.io/library/postgres:16` runs PostgreSQL. The words of the catalogue are of no use here: what
 * a person calls a model may be anything, and so may an image called `model`.
 */
function productOfImage(image: string): Product | undefined {
  const [base = ''] = (image.split('/').at(-1) ?? '').split(/[:@]/);
  const plain = plainly(base);
  return products.find(
    // Many a daemon is called after its product, with a d behind it.
    ({ name, processes }) =>
      plainly(name) === plain || processes?.test(base) || processes?.test(`${base}d`),
  );
}

const plainly = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
