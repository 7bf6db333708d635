import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import {
  type ContainerContext,
  containerRow,
  type LookedAt,
} from '../../../../shared/containers/container-row.ts';
import type { EngineKind } from '../../../../shared/containers/kinds.ts';
import type {
  ListedContainer,
  ListedImage,
  ListedNetwork,
  ListedVolume,
} from '../../../../shared/containers/listed.ts';
import {
  imageRow,
  networkRow,
  projectRows,
  usesOf,
  volumeRow,
} from '../../../../shared/containers/other-rows.ts';
import { sortText } from '../../live-table/index.ts';

/** One row with what it is sorted and searched by. */
export interface HeldRow {
  readonly row: ClusterRow;
  readonly sortName: string;
  readonly words: () => string;
}

export interface HeldContainer extends HeldRow {
  readonly listed: ListedContainer;
}

/** What an engine has, as it was heard last. */
export class HeldEngine {
  readonly #containers = new Map<string, HeldContainer>();
  #images: readonly ListedImage[] = [];
  #volumes: readonly ListedVolume[] = [];
  #networks: readonly ListedNetwork[] = [];
  /** Rows of the kinds that rest on others, until something changes. */
  readonly #made = new Map<EngineKind, readonly HeldRow[]>();
  readonly #looked = new Map<string, LookedAt>();

  containers(): Iterable<HeldContainer> {
    return this.#containers.values();
  }

  container(id: string): HeldContainer | undefined {
    return this.#containers.get(id);
  }

  /** All of them; those that are not among these are gone. */
  setContainers(listed: readonly ListedContainer[], now: number): void {
    const ids = new Set(listed.map(({ Id }) => Id));
    for (const id of this.#containers.keys()) if (!ids.has(id)) this.deleteContainer(id);
    this.putContainers(listed, now);
  }

  putContainers(listed: readonly ListedContainer[], now: number): void {
    for (const each of listed) {
      const before = this.#containers.get(each.Id);
      // What was looked at is of the state that it had then.
      if (before !== undefined && before.listed.State !== each.State) this.#looked.delete(each.Id);
      this.#put(each, now);
    }
    this.#made.clear();
  }

  noteLook(id: string, looked: LookedAt, now: number): void {
    const known = this.#containers.get(id);
    if (known === undefined) return;
    this.#looked.set(id, looked);
    this.#put(known.listed, now);
    this.#made.clear();
  }

  hasLooked(id: string): boolean {
    return this.#looked.has(id);
  }

  deleteContainer(id: string): void {
    this.#containers.delete(id);
    this.#looked.delete(id);
    this.#made.clear();
  }

  setImages(images: readonly ListedImage[]): void {
    this.#images = images;
    this.#made.clear();
  }

  setVolumes(volumes: readonly ListedVolume[]): void {
    this.#volumes = volumes;
    this.#made.clear();
  }

  setNetworks(networks: readonly ListedNetwork[]): void {
    this.#networks = networks;
    this.#made.clear();
  }

  rows(kind: EngineKind): readonly HeldRow[] {
    const known = this.#made.get(kind);
    if (known !== undefined) return known;
    const made = kind === 'containers' ? [...this.#containers.values()] : this.#make(kind);
    this.#made.set(kind, made);
    return made;
  }

  #make(kind: Exclude<EngineKind, 'containers'>): HeldRow[] {
    if (kind === 'projects')
      return projectRows(this.#containers.values()).map((row) => held(row, {}));
    const uses = usesOf([...this.#containers.values()].map(({ listed }) => listed));
    switch (kind) {
      case 'images':
        return this.#images.map((image) => held(imageRow(image, uses), image.Labels));
      case 'volumes':
        return this.#volumes.map((volume) => held(volumeRow(volume, uses), volume.Labels));
      case 'networks':
        return this.#networks.map((network) => held(networkRow(network, uses), network.Labels));
    }
  }

  #put(listed: ListedContainer, now: number): void {
    const context: ContainerContext = { now, looked: this.#looked.get(listed.Id) ?? null };
    const row = containerRow(listed, context);
    this.#containers.set(listed.Id, { listed, ...held(row, listed.Labels) });
  }
}

function held(row: ClusterRow, labels: Readonly<Record<string, string>>): HeldRow {
  let words: string | null = null;
  return {
    row,
    sortName: sortText(row.name),
    words: () => (words ??= searched(row, labels)),
  };
}

function searched(
  { name, uid, status, cells }: ClusterRow,
  labels: Record<string, string>,
): string {
  const texts = Object.values(cells).filter(
    (cell) => typeof cell === 'string' || Array.isArray(cell),
  );
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  const all = [name, uid, status.label, status.why ?? '', ...texts.flat(), ...pairs];
  return all.join('\n').toLowerCase();
}
