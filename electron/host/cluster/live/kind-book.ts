import { customKind, kindId } from '../../../../shared/cluster/custom/custom-kind.ts';
import type { CustomType } from '../../../../shared/cluster/custom/custom-type.ts';
import { printerColumnsOf } from '../../../../shared/cluster/custom/printer-columns.ts';
import type { ClusterKind } from '../../../../shared/cluster/kind.ts';
import { clusterKind, clusterKinds } from '../../../../shared/cluster/kinds/index.ts';
import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import { isCalled } from '../kind-called.ts';

/** Milliseconds after which what the cluster serves is asked for again, and at the least. */
const freshMs = 5 * 60_000;
const leastMs = 5_000;

type Client = Pick<KubeClient, 'discovery' | 'get'>;

export interface KindBookOptions {
  readonly client: () => Promise<Client>;
  readonly now: () => number;
}

/** Older groups of the same things: Traefik's before version 3. */
const formerGroups: Readonly<Record<string, string>> = { 'traefik.containo.us': 'traefik.io' };

/** The same events once more. */
const twice: ReadonlySet<string> = new Set(['events.events.k8s.io', 'endpoints']);

interface Page {
  readonly at: number;
  /** By id of the kind, the version that the server prefers. */
  readonly types: ReadonlyMap<string, ResourceType>;
}

/** Which kinds one cluster has. */
export class KindBook {
  readonly #options: KindBookOptions;
  readonly #leave = new AbortController();
  readonly #custom = new Map<string, ClusterKind>();
  #page: Page | null = null;
  #asking: Promise<Page> | null = null;

  constructor(options: KindBookOptions) {
    this.#options = options;
  }

  close(): void {
    this.#leave.abort();
  }

  /** Ours in our order, then its own. Throws KubeError where nothing is known and none answers. */
  async all(): Promise<readonly ClusterKind[]> {
    const { types } = await this.#read(freshMs);
    const ours = clusterKinds.filter(({ id }) => types.has(id));
    const own = [...types.entries()]
      .filter(([id]) => clusterKind(id) === undefined && !twice.has(id))
      .map(([, type]) => this.#own(type))
      .sort((a, b) => (a.title < b.title ? -1 : 1));
    return [...ours, ...own];
  }

  /** By its id, or as people write it: `po`, `deploy`, `Pod`. Throws NOT_FOUND. */
  async find(name: string): Promise<ClusterKind> {
    const ours = clusterKind(name);
    if (ours !== undefined) return ours;
    const type =
      this.#named(name, await this.#read(freshMs)) ?? this.#named(name, await this.#read(leastMs));
    if (type === undefined) {
      throw new RackhelmError('NOT_FOUND', `This cluster has no kind that is called ${name}.`, {
        hint: 'The list of kinds has all that it serves.',
      });
    }
    return clusterKind(idOf(type)) ?? (await this.#withColumns(type));
  }

  /** Ours, or one of its own that was looked at before. */
  known(id: string): ClusterKind | undefined {
    const type = this.#page?.types.get(id);
    return clusterKind(id) ?? (type === undefined ? undefined : this.#own(type));
  }

  /** Null: the cluster has no such kind. */
  async typeOf({ id }: ClusterKind): Promise<ResourceType | null> {
    const known = (await this.#read(freshMs)).types.get(id);
    return known ?? (await this.#read(leastMs)).types.get(id) ?? null;
  }

  /** Id of the kind that an owner or a reference names; null where the cluster has none such. */
  idByKind(apiVersion: string, kind: string): string | null {
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
    for (const [id, type] of this.#page?.types ?? []) {
      if (type.kind === kind && type.group === group) return id;
    }
    return null;
  }

  #named(name: string, { types }: Page): ResourceType | undefined {
    for (const [id, type] of types) {
      if (id === name.toLowerCase() || isCalled(type, name)) return type;
    }
    return undefined;
  }

  /** As it is listed, without its columns as yet. */
  #own(type: ResourceType): ClusterKind {
    return this.#custom.get(idOf(type)) ?? customKind({ ...type, columns: [] });
  }

  /** Its printer columns stand in its definition, which not everybody may read. */
  async #withColumns(type: ResourceType): Promise<ClusterKind> {
    const id = idOf(type);
    const known = this.#custom.get(id);
    if (known !== undefined) return known;
    const columns = await this.#columnsOf(type);
    const kind = customKind({ ...type, columns });
    this.#custom.set(id, kind);
    return kind;
  }

  async #columnsOf(type: ResourceType): Promise<CustomType['columns']> {
    const definitions = (await this.#read(freshMs)).types.get(
      'customresourcedefinitions.apiextensions.k8s.io',
    );
    if (definitions === undefined || type.group === '') return [];
    try {
      const client = await this.#options.client();
      const name = kindId(type);
      const definition = await client.get(definitions, { name }, { signal: this.#leave.signal });
      return printerColumnsOf(definition, type.version);
    } catch {
      return [];
    }
  }

  async #read(youngerMs: number): Promise<Page> {
    const page = this.#page;
    if (page !== null && this.#options.now() - page.at < youngerMs) return page;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    try {
      return await this.#asking;
    } catch (error) {
      // What it served before, it will serve again.
      if (page !== null) return page;
      throw error;
    }
  }

  async #ask(): Promise<Page> {
    const client = await this.#options.client();
    const { types } = await client.discovery({ signal: this.#leave.signal });
    const found = new Map<string, ResourceType>();
    for (const type of types) {
      const can = type.verbs.includes('list') && type.verbs.includes('watch');
      // The first version of a group is the one that the server prefers.
      if (can && !found.has(idOf(type))) found.set(idOf(type), type);
    }
    // A group that is down for the moment is still there.
    const page = { at: this.#options.now(), types: found };
    this.#page = page;
    return page;
  }
}

function idOf({ group, resource }: ResourceType): string {
  return kindId({ group: formerGroups[group] ?? group, resource });
}
