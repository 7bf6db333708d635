import { type customKind, kindId } from '../../../../../shared/cluster/custom/custom-kind.ts';
import { clusterKinds } from '../../../../../shared/cluster/kinds/index.ts';
import type { KubeObject, ResourceType } from '../../../../../shared/cluster/kube-object.ts';
import type { KubeCode } from '../../../connections/kubernetes/errors.ts';
import { followList } from '../../../connections/kubernetes/follow.ts';
import type {
  KubeClient,
  ObjectReader,
  WatchEvent,
} from '../../../connections/kubernetes/index.ts';
import { KubeError } from '../../../connections/kubernetes/index.ts';
import type { ObjectSource } from '../../../connections/kubernetes/types.ts';
import { EventQueue } from '../../../event-queue.ts';

interface Change {
  readonly kind: string;
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
}

export interface Given {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

const messages: Partial<Record<KubeCode, string>> = {
  KUBE_UNREACHABLE: 'The API does not answer.',
  KUBE_FORBIDDEN: 'You may not do this.',
  KUBE_NOT_FOUND: 'There is none of this name.',
};

/** A cluster in memory that is listed and watched as a real one, and fails when told to. */
export class FakeCluster {
  readonly types: ResourceType[] = clusterKinds.map((kind) => typeOf(kind));
  readonly client: KubeClient;
  /** Asked of each request: what it fails with. */
  fault: (kind: string, namespace: string | null) => KubeCode | undefined = () => undefined;
  usage: Readonly<Record<string, unknown>> = {};
  /** Lists that were begun, by kind. */
  readonly listed: string[] = [];
  pageSize = 2;
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  readonly #changes: Change[] = [];
  readonly #watches = new Set<EventQueue<'look' | 'cut' | 'gone'>>();
  #version = 100;

  constructor() {
    const read = {
      list: (type: ResourceType, options: Parameters<KubeClient['list']>[1]) =>
        this.#list(type, options),
      watch: (type: ResourceType, options: Parameters<KubeClient['watch']>[1]) =>
        this.#watch(type, options),
    };
    const client: Partial<KubeClient> = {
      ...read,
      follow: (type, options) => followList(read, type, options),
      readBy: (reader) => readThrough(read, reader),
      get: async (type, { namespace, name }) => {
        this.#check(kindId(type), namespace ?? null);
        const found = this.#of(kindId(type)).get(keyOf(namespace, name));
        if (found !== undefined) return found;
        throw new KubeError('KUBE_NOT_FOUND', 'There is none of this name.', { status: 404 });
      },
      discovery: async () => {
        this.#check('discovery', null);
        return { types: this.types, failed: [] };
      },
      request: async ({ path }) => {
        const usage = this.usage[path.split('/').at(-1) ?? ''];
        if (usage !== undefined) return usage;
        throw new KubeError('KUBE_NOT_FOUND', 'Nothing measures.', { status: 404 });
      },
      close: () => {},
    };
    this.client = client as KubeClient; // what the live view never asks for is left out
  }

  /** Adds or changes one; `metadata` gets what a server gives. */
  put(kind: string, given: Given): void {
    const type = this.types.find((each) => kindId(each) === kind);
    if (type === undefined) throw new Error(`no type ${kind}`);
    this.#version += 1;
    const name = String(given.metadata?.name);
    const namespace = type.namespaced ? String(given.metadata?.namespace ?? 'default') : undefined;
    const key = keyOf(namespace, name);
    const before = this.#of(kind).get(key);
    const object: KubeObject = {
      apiVersion: type.group === '' ? 'v1' : `${type.group}/v1`,
      kind: type.kind,
      ...given,
      metadata: {
        uid: before?.metadata.uid ?? `uid-${kind}-${key}`,
        creationTimestamp: '2026-11-30T10:00:00Z',
        ...given.metadata,
        name,
        ...(namespace !== undefined && { namespace }),
        resourceVersion: String(this.#version),
      },
    };
    this.#of(kind).set(key, object);
    this.#tell({ kind, version: this.#version, type: before ? 'MODIFIED' : 'ADDED', object });
  }

  delete(kind: string, name: string, namespace?: string): void {
    const key = keyOf(namespace, name);
    const object = this.#of(kind).get(key);
    if (object === undefined) throw new Error(`no ${key}`);
    this.#version += 1;
    this.#of(kind).delete(key);
    this.#tell({ kind, version: this.#version, type: 'DELETED', object });
  }

  /** Ends all watches, as an API server that restarts. */
  cut(how: 'cut' | 'gone' = 'cut'): void {
    for (const watch of this.#watches) watch.push(how);
  }

  /** What happened so far no watch can begin from any more. */
  forget(): void {
    this.#changes.length = 0;
  }

  get watches(): number {
    return this.#watches.size;
  }

  #of(kind: string): Map<string, KubeObject> {
    const found = this.#objects.get(kind) ?? new Map<string, KubeObject>();
    this.#objects.set(kind, found);
    return found;
  }

  #tell(change: Change): void {
    this.#changes.push(change);
    for (const watch of this.#watches) watch.push('look', 'look');
  }

  #check(kind: string, namespace: string | null): void {
    const code = this.fault(kind, namespace);
    if (code !== undefined) throw new KubeError(code, messages[code] ?? code);
  }

  async *#list(
    type: ResourceType,
    { namespace, fieldSelector, signal }: Parameters<KubeClient['list']>[1],
  ) {
    const kind = kindId(type);
    this.listed.push(kind);
    const all = [...this.#of(kind).values()].filter(
      (each) =>
        (namespace === undefined || each.metadata.namespace === namespace) &&
        isAbout(each, fieldSelector),
    );
    const resourceVersion = String(this.#version);
    for (let at = 0; at === 0 || at < all.length; at += this.pageSize) {
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      this.#check(kind, namespace ?? null);
      const isLast = at + this.pageSize >= all.length;
      yield {
        items: all.slice(at, at + this.pageSize),
        resourceVersion,
        continue: isLast ? null : String(at),
        remaining: null,
      };
    }
  }

  async *#watch(
    type: ResourceType,
    { namespace, resourceVersion, signal }: Parameters<KubeClient['watch']>[1],
  ): AsyncGenerator<WatchEvent> {
    const kind = kindId(type);
    const bell = new EventQueue<'look' | 'cut' | 'gone'>();
    try {
      this.#check(kind, namespace ?? null);
    } catch (error) {
      if (!(error instanceof KubeError)) throw error;
      yield { type: 'END', reason: 'refused', error };
      return;
    }
    this.#watches.add(bell);
    let at = Number(resourceVersion);
    bell.push('look');
    yield { type: 'OPEN' };
    try {
      for await (const news of bell.read(signal)) {
        if (news === 'cut') return yield end('KUBE_UNREACHABLE', 'cut');
        if (news === 'gone') return yield end('KUBE_GONE', 'gone');
        for (const change of this.#changes) {
          if (change.version <= at || change.kind !== kind) continue;
          at = change.version;
          if (namespace !== undefined && change.object.metadata.namespace !== namespace) continue;
          yield {
            type: change.type,
            object: change.object,
            resourceVersion: String(change.version),
          };
        }
      }
      yield { type: 'END', reason: 'left', error: null };
    } finally {
      this.#watches.delete(bell);
    }
  }
}

type Read = Pick<ObjectSource<KubeObject>, 'list' | 'watch'>;

/** Each object goes through its JSON, as on the wire. */
function readThrough<T>(read: Read, reader: ObjectReader<T>): ObjectSource<T> {
  const source: ObjectSource<T> = {
    async *list(type, options) {
      for await (const { items, ...page } of read.list(type, options)) {
        const metadata = { resourceVersion: page.resourceVersion, continue: page.continue };
        const bytes = new TextEncoder().encode(JSON.stringify({ items, metadata }));
        const made = await reader.page(bytes);
        if (made === null) throw new Error('no list');
        yield made;
      }
    },
    async *watch(type, options) {
      for await (const event of read.watch(type, options)) {
        if (event.type === 'OPEN' || event.type === 'END' || event.type === 'BOOKMARK') yield event;
        else {
          const line = await reader.line(JSON.stringify(event));
          if (line === null || line.type === 'ERROR') throw new Error('no event');
          yield line;
        }
      }
    },
    follow: (type, options) => followList(source, type, options),
  };
  return source;
}

function end(code: KubeCode, reason: 'cut' | 'gone'): WatchEvent {
  return { type: 'END', reason, error: new KubeError(code, messages[code] ?? code) };
}

function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function isAbout({ involvedObject }: KubeObject, selector: string | undefined): boolean {
  const uid = selector?.replace('involvedObject.uid=', '');
  return uid === undefined || (involvedObject as { uid?: string } | undefined)?.uid === uid;
}

const verbs = ['get', 'list', 'watch'];

function typeOf({
  group,
  resource,
  kind,
  namespaced,
}: ReturnType<typeof customKind>): ResourceType {
  return { group, resource, kind, namespaced, version: 'v1', verbs, shortNames: [] };
}
