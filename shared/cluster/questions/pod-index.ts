import type { CensusPod } from '../census/pod.ts';
import type { LabelSelector } from '../selector.ts';

/** Where a selector that names a label at all is found by; null: it may mean any pod of the namespace. */
function labelOf({ matchLabels }: LabelSelector): string | null {
  const [first] = Object.entries(matchLabels);
  return first === undefined ? null : first.join('=');
}

const keyOf = (namespace: string, label: string | null) => `${namespace} ${label ?? ''}`;

/** Pods, each with its place, by namespace and label, and those that keep others away by whom: of thousands few are looked at. */
export class PodIndex<Place> {
  readonly #pods = new Map<string, Map<CensusPod, Place>>();
  readonly #keepers = new Map<string, Map<CensusPod, Place>>();

  add(pod: CensusPod, place: Place): void {
    for (const key of podKeys(pod)) foundAt(this.#pods, key).set(pod, place);
    for (const key of keeperKeys(pod)) foundAt(this.#keepers, key).set(pod, place);
  }

  delete(pod: CensusPod): void {
    for (const key of podKeys(pod)) this.#pods.get(key)?.delete(pod);
    for (const key of keeperKeys(pod)) this.#keepers.get(key)?.delete(pod);
  }

  /** Those that the selector may mean, and others. */
  *near(namespaces: readonly string[], selector: LabelSelector) {
    const label = labelOf(selector);
    for (const namespace of namespaces) yield* this.#pods.get(keyOf(namespace, label)) ?? [];
  }

  /** Those that may keep this pod away, and others. */
  *keepersOf(pod: CensusPod) {
    for (const key of podKeys(pod)) yield* this.#keepers.get(key) ?? [];
  }
}

function foundAt<Place>(
  index: Map<string, Map<CensusPod, Place>>,
  key: string,
): Map<CensusPod, Place> {
  const known = index.get(key) ?? new Map<CensusPod, Place>();
  index.set(key, known);
  return known;
}

function podKeys({ namespace, labels }: CensusPod): string[] {
  const own = Object.entries(labels).map(([key, value]) => keyOf(namespace, `${key}=${value}`));
  return [keyOf(namespace, null), ...own];
}

function keeperKeys({ namespace, placement }: CensusPod): string[] {
  return placement.apart.flatMap(({ labelSelector, namespaces }) => {
    if (labelSelector === null) return [];
    const meant = namespaces.length > 0 ? namespaces : [namespace];
    return meant.map((one) => keyOf(one, labelOf(labelSelector)));
  });
}
