import { clusterKind } from '../../../../shared/cluster/kinds/index.ts';
import type { Reference } from '../../../../shared/cluster/links.ts';
import type { Owner } from '../../../../shared/cluster/metadata.ts';
import type { RelatedObject } from '../../../../shared/cluster/object-page.ts';
import { matches } from '../../../../shared/cluster/selector.ts';
import type { Entry } from './entry.ts';
import type { LiveCluster } from './live-cluster.ts';
import type { WatchedKind } from './watched-kind.ts';

/** Owners of owners: no real chain is longer, and a circle would have no end. */
const mostSteps = 10;
const mostShown = 200;

export interface Listed {
  readonly items: RelatedObject[];
  readonly total: number;
}

/** Where an object stands among the others, as far as their kinds are held. */
export class Relations {
  readonly #cluster: LiveCluster;
  readonly #held: readonly WatchedKind[];

  constructor(cluster: LiveCluster, kinds: readonly string[]) {
    this.#cluster = cluster;
    this.#held = kinds.flatMap((id) => cluster.watched(id) ?? []);
  }

  /** From what made it up to what made that. */
  owners({ links, row }: Entry): RelatedObject[] {
    const chain: RelatedObject[] = [];
    let owner = controllerOf(links.owners);
    while (owner !== undefined && chain.length < mostSteps) {
      const kind = this.#cluster.kinds.idByKind(owner.apiVersion, owner.kind) ?? owner.kind;
      // An owner lies in the namespace of what it owns, or in none.
      const namespace = clusterKind(kind)?.namespaced === false ? null : row.namespace;
      const shown = this.#shown({ kind, namespace, name: owner.name });
      chain.push({ ...shown, one: shown.one || owner.kind });
      owner = controllerOf(this.#entry({ kind, namespace, name: owner.name })?.links.owners ?? []);
    }
    return chain;
  }

  /** What it made, and what that made. */
  owned(entry: Entry): Listed {
    const found: RelatedObject[] = [];
    let total = 0;
    let makers = new Set([entry.row.uid]);
    for (let step = 0; step < mostSteps && makers.size > 0; step += 1) {
      const next = new Set<string>();
      for (const [kind, each] of this.#all()) {
        if (!each.links.owners.some(({ uid }) => uid !== '' && makers.has(uid))) continue;
        total += 1;
        if (each.row.uid !== '' && each.row.uid !== entry.row.uid) next.add(each.row.uid);
        if (found.length < mostShown) found.push(this.#ofEntry(kind, each));
      }
      makers = next;
    }
    return { items: found, total };
  }

  /**
   * What it names, what names it, what it picks by labels, and what picks it so. `told`: what the page
   * shows already.
   */
  related(kind: string, entry: Entry, told: readonly RelatedObject[]): Listed {
    const found = new Map<string, RelatedObject>();
    const known = new Set(told.map(nameOf));
    let total = 0;
    const add = (related: RelatedObject) => {
      const key = nameOf(related);
      if (known.has(key)) return;
      known.add(key);
      total += 1;
      if (found.size < mostShown) found.set(key, related);
    };
    for (const reference of entry.links.refers) add(this.#shown(reference));
    for (const [other, each] of this.#all()) {
      if (each !== entry && concerns(kind, entry, each)) add(this.#ofEntry(other, each));
    }
    return { items: [...found.values()], total };
  }

  *#all(): Generator<[kind: WatchedKind, entry: Entry]> {
    for (const kind of this.#held) for (const entry of kind.held.entries()) yield [kind, entry];
  }

  #entry({ kind, namespace, name }: Reference): Entry | undefined {
    const key = namespace === null ? name : `${namespace}/${name}`;
    return this.#cluster.watched(kind)?.held.get(key);
  }

  #shown(reference: Reference): RelatedObject {
    const watched = this.#cluster.watched(reference.kind);
    const entry = this.#entry(reference);
    if (watched !== undefined && entry !== undefined) return this.#ofEntry(watched, entry);
    const one = watched?.held.kind.one ?? clusterKind(reference.kind)?.one ?? '';
    const presence = watched?.isWhole ? 'missing' : 'unknown';
    return { ...reference, one, presence, status: null };
  }

  #ofEntry({ held: { kind } }: WatchedKind, entry: Entry): RelatedObject {
    const { namespace, name, status } = this.#cluster.rowOf(kind)(entry);
    return { kind: kind.id, one: kind.one, namespace, name, presence: 'there', status };
  }
}

function nameOf({ kind, namespace, name }: Reference): string {
  return `${kind} ${namespace ?? ''} ${name}`;
}

function controllerOf(owners: readonly Owner[]): Owner | undefined {
  return owners.find(({ controller }) => controller) ?? owners[0];
}

function concerns(kind: string, entry: Entry, other: Entry): boolean {
  const { namespace, name } = entry.row;
  const names = other.links.refers.some(
    (each) => each.kind === kind && each.name === name && each.namespace === namespace,
  );
  if (names) return true;
  if (namespace !== other.row.namespace) return false;
  const { picks, labels } = entry.links;
  if (picks !== null && other.links.picks === null && matches(picks, other.links.labels))
    return true;
  return other.links.picks !== null && picks === null && matches(other.links.picks, labels);
}
