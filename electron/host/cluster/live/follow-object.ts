import { setTimeout as wait } from 'node:timers/promises';
import type { ClusterKind } from '../../../../shared/cluster/kind.ts';
import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';
import type { ObjectName, ObjectPage } from '../../../../shared/cluster/object-page.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { Bell } from '../../live-table/index.ts';
import { type Entry, heldEntry, readEntry } from './entry.ts';
import { harmless } from './kept-text.ts';
import type { LiveCluster } from './live-cluster.ts';
import { EventsOf } from './object-events.ts';
import { buildPage, kindsAround } from './object-page.ts';

const togetherMs = 500;
/** Its events come of themselves. */
const lookMs = 6_000;
const firstMs = 10_000;

interface Asked {
  readonly cluster: LiveCluster;
  readonly kind: ClusterKind;
  readonly which: ObjectName;
  readonly signal: AbortSignal;
}

/** The page, and the page again each time that it became different. Throws NOT_FOUND, KubeError. */
export async function* followObject(asked: Asked): AsyncGenerator<ObjectPage, void, void> {
  const { cluster, signal } = asked;
  const page = new FollowedPage(asked);
  const bell = new Bell();
  const leave = cluster.subscribe(() => bell.ring());
  try {
    let shown = await page.read();
    yield shown;
    while (!signal.aborted) {
      await bell.rung(lookMs, signal);
      if (signal.aborted) return;
      const now = await page.read();
      if (!isSame(now, shown)) yield now;
      shown = now;
      await wait(togetherMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    leave();
  }
}

export async function objectPage(asked: Asked): Promise<ObjectPage> {
  return await new FollowedPage(asked).read();
}

function isSame(
  { revision: _a, ...now }: ObjectPage,
  { revision: _b, ...before }: ObjectPage,
): boolean {
  return JSON.stringify(now) === JSON.stringify(before);
}

class FollowedPage {
  readonly #asked: Asked;
  readonly #key: string;
  /** As it was held last: it may be deleted meanwhile. */
  #entry: Entry | null = null;
  #whole: { readonly version: string; readonly object: KubeObject } | null = null;
  #events: EventsOf | null = null;

  constructor(asked: Asked) {
    this.#asked = asked;
    const { namespace, name } = asked.which;
    this.#key = namespace === null ? name : `${namespace}/${name}`;
  }

  async read(): Promise<ObjectPage> {
    const { cluster, kind, which } = this.#asked;
    const namespaces = which.namespace === null ? [] : [which.namespace];
    const watched = cluster.open(kind, namespaces);
    if (this.#entry === null) await this.#first(namespaces);
    const held = watched.held.get(this.#key);
    const entry = held ?? this.#entry ?? (await this.#alone());
    this.#entry = entry;
    await this.#openAround(entry);
    const { uid, namespace } = entry.row;
    this.#events ??= new EventsOf(cluster, { uid, namespace }, this.#asked.signal);
    return buildPage({
      cluster,
      kind,
      entry,
      whole: await this.#wholeOf(entry),
      events: await this.#events.read(),
      gone: held === undefined && watched.isWhole,
    });
  }

  /** The whole kind is read once, since its table is where a person comes from. */
  async #first(namespaces: readonly string[]): Promise<void> {
    const { cluster, kind, signal } = this.#asked;
    const soon = AbortSignal.any([signal, AbortSignal.timeout(firstMs)]);
    await cluster.settled(kind, namespaces, soon);
    const entry = cluster.watched(kind.id)?.held.get(this.#key);
    if (entry === undefined) return;
    await this.#openAround(entry);
    await Promise.all(this.#around(entry).map((each) => cluster.settled(each, namespaces, soon)));
  }

  #around(entry: Entry): ClusterKind[] {
    const { cluster, kind } = this.#asked;
    return kindsAround(kind, entry, cluster).flatMap((id) => cluster.kinds.known(id) ?? []);
  }

  async #openAround(entry: Entry): Promise<void> {
    const { cluster, which } = this.#asked;
    const namespaces = which.namespace === null ? [] : [which.namespace];
    for (const kind of this.#around(entry)) cluster.open(kind, namespaces);
  }

  /** Of a kind that may be read one by one and not listed. */
  async #alone(): Promise<Entry> {
    const { cluster, kind } = this.#asked;
    const object = await this.#get();
    const read = readEntry(object, { kind, look: cluster.look, now: cluster.now() });
    if (read !== null) return heldEntry(read, 0);
    throw new RackhelmError('KUBE_ANSWER_ODD', 'The API answers with something that has no name.');
  }

  async #wholeOf(entry: Entry): Promise<KubeObject | null> {
    if (!entry.kept.cut) return null;
    try {
      this.#whole ??= { version: '', object: harmless(await this.#get()) };
    } catch (error) {
      if (!(error instanceof RackhelmError)) throw error;
    }
    return this.#whole?.object ?? null;
  }

  async #get(): Promise<KubeObject> {
    const { cluster, kind, which, signal } = this.#asked;
    const type = await cluster.kinds.typeOf(kind);
    const { namespace, name } = which;
    if (type === null)
      throw new RackhelmError('NOT_FOUND', `This cluster has no ${kind.title.toLowerCase()}.`);
    const client = await cluster.client();
    return await client.get(type, { name, ...(namespace !== null && { namespace }) }, { signal });
  }
}
