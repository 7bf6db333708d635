import type { Duplex } from 'node:stream';
import type { KubeObject, ResourceType } from '../../../../shared/cluster/kube-object.ts';
import type { KubeError } from './errors.ts';

interface Signalled {
  readonly signal: AbortSignal;
}

/** Which object of a type. */
export interface ObjectName {
  readonly name: string;
  /** Of a namespaced type. */
  readonly namespace?: string;
  /** `status`, `scale`, …: this part of it. */
  readonly subresource?: string;
}

export interface Selecting {
  /** Absent: all of them. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** What a line of a watch says. `object` null: one that the reader cannot use. */
export type ReadLine<T> =
  | {
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
      readonly object: T | null;
      readonly resourceVersion: string;
    }
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string }
  /** `status`: JSON. */
  | { readonly type: 'ERROR'; readonly status: string };

/**
 * Makes of the API's JSON what its asker keeps, for example on a thread, where many objects are read.
 * Null of what is no list, and no event.
 */
export interface ObjectReader<T> {
  /** UTF-8; moved: nobody else may use it afterwards. */
  page(answer: Uint8Array<ArrayBuffer>): Promise<Page<T> | null>;
  line(line: string): Promise<ReadLine<T> | null>;
}

export interface ListOptions extends Selecting, Signalled {
  /** Objects of a page. Default: as many as are read within some milliseconds. */
  readonly limit?: number;
}

export interface Page<T = KubeObject> {
  readonly items: readonly T[];
  /** Of the whole list: where a watch goes on. */
  readonly resourceVersion: string;
  /** Null: this was the last one. */
  readonly continue: string | null;
  /** About so many are still to come, where the API tells. */
  readonly remaining: number | null;
}

export interface WatchOptions extends Selecting, Signalled {
  /** Of a list, a bookmark or the last event. */
  readonly resourceVersion: string;
  /**
   * Milliseconds without a word, bookmarks included, after which a watch counts as silent. An API
   * server sends a bookmark about each minute. Default 150,000.
   */
  readonly silentMs?: number;
}

/**
 * Why a watch ended. `gone`: what it went on from is too old, list anew. `ended`: by the server, in
 * order; go on from the last event. `cut`: the connection broke. `silent`: nothing came, though the
 * connection seems to stand. `left`: the signal. `refused`: the server said no, see the error.
 */
export type WatchEnd = 'gone' | 'ended' | 'cut' | 'silent' | 'left' | 'refused';

/** What a watch tells; OPEN: the server takes it. END is always the last, and a watch never throws. */
export type WatchEvent<T = KubeObject> =
  | { readonly type: 'OPEN' }
  | Exclude<ReadLine<T>, { readonly type: 'ERROR' | 'BOOKMARK' }>
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string }
  | { readonly type: 'END'; readonly reason: WatchEnd; readonly error: KubeError | null };

/**
 * A list that is kept up to date: pages of a list, then changes, and a new list where the watch cannot
 * go on. It ends with the signal only.
 */
export type FollowEvent<T = KubeObject> =
  /** `first`: a list begins; objects of an earlier list that it does not bring are gone by `listed`. */
  | { readonly type: 'page'; readonly items: readonly T[]; readonly first: boolean }
  | { readonly type: 'listed' }
  | { readonly type: 'put' | 'delete'; readonly object: T }
  /** The state is as old as the last event; it is tried again by itself. */
  | { readonly type: 'trouble'; readonly error: KubeError; readonly againInMs: number }
  /** It answers again after trouble. */
  | { readonly type: 'well' };

export interface FollowOptions extends Selecting, Signalled {
  readonly limit?: number;
  readonly silentMs?: number;
}

export interface WriteOptions extends Signalled {
  /** The server does all but keep it. */
  readonly dryRun?: boolean;
  /** Under which name the fields are kept. Default `rackhelm`. */
  readonly fieldManager?: string;
}

export interface ApplyOptions extends WriteOptions {
  /** Take fields that others manage; without it that is a conflict (409) which names them. */
  readonly force?: boolean;
}

export interface DeleteOptions extends Signalled {
  readonly dryRun?: boolean;
  readonly propagation?: 'Foreground' | 'Background' | 'Orphan';
  readonly gracePeriodSeconds?: number;
  /** Only this one, and not another of the same name. */
  readonly uid?: string;
  readonly resourceVersion?: string;
}

export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

export interface EvictOptions extends Signalled {
  readonly dryRun?: boolean;
  readonly gracePeriodSeconds?: number;
  readonly uid?: string;
}

/** `json`: a list of operations; `merge`: RFC 7386; `strategic`: lists merged by their keys. */
export type PatchKind = 'json' | 'merge' | 'strategic';

export interface LogOptions extends Signalled {
  /** Absent: the only one, or the first. */
  readonly container?: string;
  readonly follow?: boolean;
  /** Of the container before its last restart. */
  readonly previous?: boolean;
  /** The last so many lines. */
  readonly tailLines?: number;
  /** UTC milliseconds. */
  readonly since?: number;
  /** At most so many bytes are asked for. */
  readonly limitBytes?: number;
}

export interface LogLine {
  /** When it was written, UTC milliseconds; null where the node did not tell. */
  readonly at: number | null;
  /** Nanoseconds beyond those milliseconds: what tells two lines apart. */
  readonly nanos: number;
  /** Without its line end; not made harmless yet, and cut after 16 KiB. */
  readonly text: string;
  /** It was longer. */
  readonly cut: boolean;
}

export interface ExecOptions extends Signalled {
  readonly container?: string;
  readonly command: readonly string[];
  /** A terminal: stderr comes with stdout. */
  readonly tty?: boolean;
  /** Whether anything will be written to it. Default false. */
  readonly stdin?: boolean;
}

export interface ExecOutput {
  readonly stream: 'out' | 'err';
  readonly data: Buffer;
}

/**
 * A command that runs in a container. Its output may lack the tail although it ended well
 * (kubernetes#124571): where all of it matters, let both sides count.
 */
export interface ExecSession {
  /** To be read to its end; reading slowly slows the command down. */
  readonly output: AsyncIterable<ExecOutput>;
  /** Resolves when it is on its way. */
  write(data: Buffer | string): Promise<void>;
  closeStdin(): void;
  resize(size: { readonly columns: number; readonly rows: number }): void;
  /** How the command ended; `code` null where only the message tells. Rejects with KubeError. */
  readonly ended: Promise<{ readonly code: number | null; readonly message: string | null }>;
  close(): void;
}

export interface Discovery {
  readonly types: readonly ResourceType[];
  /** Groups that did not answer, as those of an aggregated API that is down. */
  readonly failed: readonly { readonly group: string; readonly why: string }[];
}

export interface KubeVersion {
  /** `v1.37.2+k3s1` */
  readonly gitVersion: string;
  readonly major: string;
  readonly minor: string;
  readonly platform: string;
}

export interface RawRequest extends Signalled {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with `/`. */
  readonly path: string;
  /** What is a list is said several times. */
  readonly query?: Readonly<
    Record<string, string | number | boolean | readonly string[] | undefined>
  >;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  /** Milliseconds for the whole; default 30,000. */
  readonly timeoutMs?: number;
  /** Bytes of the answer; default 64 MiB. */
  readonly maxBytes?: number;
}

/** Many objects at once, each as a reader makes it. */
export interface ObjectSource<T> {
  /** Throws KUBE_GONE where paging took longer than the server keeps the list: begin again. */
  list(type: ResourceType, options: ListOptions): AsyncIterable<Page<T>>;
  watch(type: ResourceType, options: WatchOptions): AsyncIterable<WatchEvent<T>>;
  follow(type: ResourceType, options: FollowOptions): AsyncIterable<FollowEvent<T>>;
}

/**
 * The API of one cluster, as one user. Everything throws KubeError, whose codes begin with KUBE_;
 * see errors.ts. What a path names is encoded; answers are bounded.
 */
export interface KubeClient extends ObjectSource<KubeObject> {
  /** The same lists, made by another reader. */
  readBy<T>(reader: ObjectReader<T>): ObjectSource<T>;
  get(type: ResourceType, which: ObjectName, options: Signalled): Promise<KubeObject>;
  create(
    type: ResourceType,
    object: object,
    options: WriteOptions & {
      readonly namespace?: string;
      /** Of this object: `pods/NAME/binding`, `serviceaccounts/NAME/token`. */
      readonly of?: { readonly name: string; readonly subresource: string };
    },
  ): Promise<KubeObject>;
  /** Replaces it whole; its `resourceVersion` has to be the newest. */
  replace(
    type: ResourceType,
    which: ObjectName,
    options: WriteOptions & { readonly object: object },
  ): Promise<KubeObject>;
  patch(
    type: ResourceType,
    which: ObjectName,
    options: WriteOptions & { readonly kind: PatchKind; readonly patch: unknown },
  ): Promise<KubeObject>;
  /** Server-side apply. KUBE_CONFLICT names who manages which field in `causes`. */
  apply(
    type: ResourceType,
    which: ObjectName,
    options: ApplyOptions & { readonly object: object },
  ): Promise<KubeObject>;
  delete(type: ResourceType, which: ObjectName, options: DeleteOptions): Promise<void>;
  /** KUBE_BUSY: a budget forbids it now; KUBE_FAILED: several budgets match; KUBE_NOT_FOUND: gone. */
  evict(pod: PodName, options: EvictOptions): Promise<void>;
  logs(pod: PodName, options: LogOptions): AsyncIterable<LogLine>;
  exec(pod: PodName, options: ExecOptions): Promise<ExecSession>;
  /** One connection to a port of a pod. */
  portForward(pod: PodName, port: number, options: Signalled): Promise<Duplex>;
  discovery(options: Signalled): Promise<Discovery>;
  version(options: Signalled): Promise<KubeVersion>;
  /** Anything else: `/readyz`, metrics. The answer is parsed where it is JSON, else a text. */
  request(request: RawRequest): Promise<unknown>;
  /** How far the clock of the API is ahead of ours by its last answer; null: it has not told yet. */
  clockSkewMs(): number | null;
  /** Ends what is under way and closes its connections. */
  close(): void;
}
