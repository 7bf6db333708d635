import type { Steps } from '../census/census.ts';
import type { CensusNode } from '../census/node.ts';
import type { CensusPod } from '../census/pod.ts';
import { goArchitecture } from '../drift/compare-node.ts';

/** For which processors an image has a build, as far as this cluster shows; what is in neither is not known. */
export interface ImageBuilds {
  readonly has: ReadonlySet<string>;
  readonly lacks: ReadonlySet<string>;
}

const nothing: ImageBuilds = { has: new Set(), lacks: new Set() };

/**
 * By where it ran, by where it lies, and by where a node said that it has no build of it. Nobody asks a
 * registry. That a node does not list an image says nothing: kubelets tell of fifty at the most.
 */
export function* imageBuilds(
  nodes: readonly CensusNode[],
  pods: readonly CensusPod[],
): Steps<(image: string) => ImageBuilds> {
  const found = new Map<string, { has: Set<string>; lacks: Set<string> }>();
  const of = (image: string) => {
    const name = canonicalImage(image);
    const known = found.get(name) ?? { has: new Set(), lacks: new Set() };
    found.set(name, known);
    return known;
  };
  const architectures = new Map(nodes.map(({ name, architecture }) => [name, architecture]));
  for (const { architecture, images } of nodes) {
    yield;
    if (architecture === '') continue;
    for (const image of images) of(image).has.add(goArchitecture(architecture));
  }
  for (const { node, images } of pods) {
    const architecture = goArchitecture(architectures.get(node ?? '') ?? '');
    yield;
    if (architecture === '') continue;
    for (const { image, fate } of images) {
      if (fate === 'ran') of(image).has.add(architecture);
      if (fate === 'wrong-architecture') of(image).lacks.add(architecture);
    }
  }
  // It lies there in spite of its processor, as one that was pulled by hand.
  for (const { has, lacks } of found.values()) for (const one of lacks) has.delete(one);
  return (image) => found.get(canonicalImage(image)) ?? nothing;
}

/** As nodes list them: `nginx` → `docker.io/library/nginx:latest`. */
export function canonicalImage(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const hasRegistry = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const [registry, path] = hasRegistry ? [first, rest.join('/')] : ['docker.io', image];
  const whole = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  const tagged = /[:@][^/]*$/.test(whole) ? whole : `${whole}:latest`;
  return `${registry}/${tagged}`;
}
