import type { DrainOptions } from '../../../../shared/cluster/drain/options.ts';
import { fateOf } from '../../../../shared/cluster/drain/sort-pods.ts';
import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';
import { type PlacedPod, readPlacedPod } from '../../../../shared/cluster/placing/placed-pod.ts';
import { readPlacingNode } from '../../../../shared/cluster/placing/placing-node.ts';
import { said } from '../../../../shared/cluster/status.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type FollowEvent,
  type KubeClient,
  KubeError,
} from '../../connections/kubernetes/index.ts';
import { resources } from '../resources.ts';
import { Evictions, shown } from './evictions.ts';
import { onNode } from './survey.ts';

/** After the time that they were given, so long may the last pods of a node that is down still take. */
const patienceMs = 30_000;
const lookMs = 5_000;
/** So often may one thing put its pods back on a cordoned node. */
const mostReturns = 5;

/** For tests: milliseconds. */
export interface DrainTimes {
  readonly againMs?: number;
  readonly patienceMs?: number;
  readonly lookMs?: number;
}

export interface EmptyNodeOptions {
  readonly client: Pick<KubeClient, 'follow' | 'evict' | 'get' | 'clockSkewMs'>;
  readonly node: string;
  readonly options: DrainOptions;
  readonly hasDaemonSet: (namespace: string, name: string) => boolean;
  readonly signal: AbortSignal;
  readonly log: (text: string) => void;
  readonly progress: (done: number, total: number) => void;
  readonly times?: DrainTimes | undefined;
}

/**
 * Evicts what a drain evicts and waits until it has ended. Throws DRAIN_STOPPED where a pod came up that
 * nobody accepted, DRAIN_TIMED_OUT, NODE_DOWN, or what the API refuses.
 */
export async function emptyNode(given: EmptyNodeOptions): Promise<void> {
  const work = new Emptying(given);
  await work.run();
}

class Emptying {
  readonly #given: EmptyNodeOptions;
  readonly #end = new AbortController();
  readonly #signal: AbortSignal;
  readonly #evictions: Evictions;
  readonly #returns = new Map<string, number>();
  /** Uids of a list while it comes. */
  #listing = new Set<string>();
  #listed = false;
  #nodeWasDown = false;
  #failure: unknown = null;

  constructor(given: EmptyNodeOptions) {
    this.#given = given;
    const { client, options, signal, log, times } = given;
    this.#signal = AbortSignal.any([signal, this.#end.signal]);
    this.#evictions = new Evictions({
      ...{ client, log, graceSeconds: options.graceSeconds, signal: this.#signal },
      onFailed: () => this.#settle(),
      ...(times?.againMs !== undefined && { againMs: times.againMs }),
    });
  }

  async run(): Promise<void> {
    const { client, node, options, signal, times } = this.#given;
    const late = setTimeout(() => this.#fail(this.#timedOut()), options.minutes * 60_000);
    const look = setInterval(() => void this.#lookAtNode(), times?.lookMs ?? lookMs);
    try {
      const query = { fieldSelector: onNode(node), signal: this.#signal };
      for await (const event of client.follow(resources.pods, query)) {
        this.#take(event);
        if (this.#signal.aborted) break;
      }
    } finally {
      clearTimeout(late);
      clearInterval(look);
      this.#end.abort();
    }
    if (this.#failure !== null) throw this.#failure;
    signal.throwIfAborted();
  }

  #take(event: FollowEvent): void {
    switch (event.type) {
      case 'page':
        if (event.first) this.#listing = new Set();
        for (const object of event.items) {
          this.#listing.add(object.metadata.uid);
          this.#put(object);
        }
        return;
      case 'listed':
        this.#listed = true;
        for (const uid of this.#evictions.uids()) {
          if (!this.#listing.has(uid)) this.#evictions.delete(uid);
        }
        this.#settle();
        return;
      case 'put':
        this.#put(event.object);
        this.#settle();
        return;
      case 'delete':
        this.#evictions.delete(event.object.metadata.uid);
        this.#settle();
        return;
      case 'trouble':
        this.#trouble(event.error);
        return;
      case 'well':
        this.#given.log('The API answers again.');
    }
  }

  #put(object: KubeObject): void {
    const pod = readPlacedPod(object);
    const { options, hasDaemonSet } = this.#given;
    const fate = fateOf(pod, options, hasDaemonSet);
    if (fate.does === 'skip') return;
    if (fate.does === 'stop' && pod.deletedAt === null) {
      const why = fate.why.join(', ');
      const message = `${shown(pod)} stops it: nobody accepted what becomes of such a pod (${why}).`;
      this.#fail(new RackhelmError('DRAIN_STOPPED', message));
      return;
    }
    if (!this.#evictions.has(pod.uid) && this.#listed) this.#count(pod);
    this.#evictions.put(pod);
  }

  /** Pods that bear to be on a cordoned node would be evicted for ever. */
  #count(pod: PlacedPod): void {
    const maker = pod.owner?.uid ?? `${pod.namespace}/${pod.name}`;
    const times = (this.#returns.get(maker) ?? 0) + 1;
    this.#returns.set(maker, times);
    if (times <= mostReturns) return;
    const who = pod.owner === null ? shown(pod) : `${said(pod.owner.kind)} ${said(pod.owner.name)}`;
    const message = `${who} puts its pods back on ${said(this.#given.node)} although it is cordoned: they bear it, or name the node.`;
    this.#fail(new RackhelmError('DRAIN_STOPPED', message));
  }

  #settle(): void {
    const { gone, left, isStuck } = this.#evictions;
    this.#given.progress(gone, gone + left);
    if (!this.#listed) return;
    if (left === 0) this.#end.abort();
    else if (isStuck) {
      this.#fail(
        new RackhelmError('DRAIN_STOPPED', `Not all pods went: ${this.#evictions.leftText()}.`),
      );
    }
  }

  #trouble(error: KubeError): void {
    if (error.code === 'KUBE_FORBIDDEN' || error.code === 'KUBE_UNAUTHORIZED') this.#fail(error);
    else this.#given.log(`${error.message} It is asked again.`);
  }

  /** A kubelet that is away confirms nothing: waiting for it has an end. */
  async #lookAtNode(): Promise<void> {
    const { client, node, log, times } = this.#given;
    try {
      const { signal } = this.#end;
      const { ready } = readPlacingNode(
        await client.get(resources.nodes, { name: node }, { signal }),
      );
      if (ready !== 'ready' && !this.#nodeWasDown) log(`${said(node)} does not answer any more.`);
      this.#nodeWasDown = ready !== 'ready';
    } catch (error) {
      // Following tells of an API that is away; pods of a node that was deleted are deleted as well.
      if (error instanceof KubeError) return;
      throw error;
    }
    const due = this.#evictions.dueBy;
    const now = Date.now() + (client.clockSkewMs() ?? 0);
    const isOverdue = due !== null && now > due + (times?.patienceMs ?? patienceMs);
    if (this.#nodeWasDown && this.#listed && this.#evictions.left > 0 && isOverdue) {
      this.#fail(
        new RackhelmError(
          'NODE_DOWN',
          `${said(node)} does not answer any more, so that nobody can say whether its pods have ended: ${this.#evictions.leftText()}.`,
        ),
      );
    }
  }

  #timedOut(): RackhelmError {
    const { minutes } = this.#given.options;
    return new RackhelmError(
      'DRAIN_TIMED_OUT',
      `After ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} not all pods are gone: ${this.#evictions.leftText()}.`,
    );
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#end.abort();
  }
}
