import { setTimeout as pause } from 'node:timers/promises';
import type { KubeObject } from '../../../../../shared/cluster/kube-object.ts';
import {
  type FollowEvent,
  type KubeClient,
  KubeError,
  type LogLine,
} from '../../../connections/kubernetes/index.ts';
import { EventQueue } from '../../../event-queue.ts';

export const namespace = 'web';
/** The second in which everything happens. */
export const start = Date.UTC(2026, 10, 30, 10);

interface FakeContainer {
  readonly name: string;
  readonly state?: 'running' | 'waiting' | 'terminated';
  readonly restarts?: number;
}

export function podObject(
  name: string,
  containers: readonly FakeContainer[] = [{ name: 'app' }],
): KubeObject {
  return {
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: { name, namespace, uid: name, resourceVersion: '1', labels: { app: 'web' } },
    spec: {
      containers: containers.map((each) => ({
        ...{ name: each.name, image: 'app:1' },
        ports: [{ name: 'http', containerPort: 8080 }],
      })),
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: containers.map((each) => ({
        ...{ name: each.name, ready: true, restartCount: each.restarts ?? 0 },
        state: { [each.state ?? 'running']: {} },
      })),
    },
  };
}

/** Logs as nodes keep them, asked for by whole seconds, whose connections break when told to. */
export class FakeLogs {
  readonly #lines = new Map<string, LogLine[]>();
  readonly #open = new Set<EventQueue<'look' | 'cut' | 'end'>>();
  /** What was asked for: `web-1/app follow since 3`. */
  readonly asked: string[] = [];
  fault: (key: string) => KubeError | null = () => null;

  /** `at`: milliseconds after the start, with nanoseconds beyond them. */
  say(key: string, at: number, text: string): void {
    const nanos = Math.round((at % 1) * 1_000_000);
    const lines = this.#lines.get(key) ?? [];
    lines.push({ at: start + Math.floor(at), nanos, text, cut: false });
    this.#lines.set(key, lines);
    for (const open of this.#open) open.push('look', 'look');
  }

  /** As a node does that needs room. */
  tidy(key: string): void {
    this.#lines.set(key, []);
  }

  cut(how: 'cut' | 'end' = 'cut'): void {
    for (const open of this.#open) open.push(how);
  }

  get connections(): number {
    return this.#open.size;
  }

  async *read(
    pod: { readonly name: string },
    options: Parameters<KubeClient['logs']>[1],
  ): AsyncGenerator<LogLine, void, void> {
    const { container = '', follow, tailLines, since, previous, signal } = options;
    const key = `${pod.name}/${container}${previous ? ' previous' : ''}`;
    const from = since === undefined ? '' : ` since ${since - start}`;
    this.asked.push(`${key}${follow ? ' follow' : ''}${from}`);
    const fault = this.fault(key);
    if (fault !== null) throw fault;
    const lines = this.#lines.get(key) ?? [];
    const second = since === undefined ? null : Math.floor(since / 1_000) * 1_000;
    const first = lines.findIndex(({ at }) => second !== null && (at ?? 0) >= second);
    const tail = Math.max(0, lines.length - (tailLines ?? lines.length));
    let next = second === null ? tail : first === -1 ? lines.length : first;
    const bell = new EventQueue<'look' | 'cut' | 'end'>();
    bell.push('look');
    if (!follow) bell.push('end');
    this.#open.add(bell);
    try {
      for await (const news of bell.read(signal)) {
        if (news === 'cut') throw new KubeError('KUBE_UNREACHABLE', 'The log broke off.');
        for (; next < lines.length; next += 1) {
          const line = lines[next];
          if (line !== undefined) yield line;
        }
        if (news === 'end') return;
      }
    } finally {
      this.#open.delete(bell);
    }
  }
}

type Selecting = Parameters<KubeClient['follow']>[1];

/** Pods that come and go, as they are followed; everything else is given. */
export class FakePods {
  readonly logs = new FakeLogs();
  readonly #pods = new Map<string, KubeObject>();
  readonly #news = new Set<EventQueue<FollowEvent>>();
  readonly client: KubeClient;
  /** What lists and gets of pods fail with. */
  refused: KubeError | null = null;

  constructor(more: Partial<KubeClient> = {}) {
    const client: Partial<KubeClient> = {
      follow: (_, options) => this.#follow(options),
      list: () => this.#list(),
      get: async (type, { name }) => {
        if (this.refused !== null && type.resource === 'pods') throw this.refused;
        const found = type.resource === 'pods' ? this.#pods.get(name) : workload(type.kind, name);
        if (found !== undefined) return found;
        throw new KubeError('KUBE_NOT_FOUND', 'There is none of this name.', { status: 404 });
      },
      logs: (pod, options) => this.logs.read(pod, options),
      clockSkewMs: () => 0,
      close: () => {},
      ...more,
    };
    this.client = client as KubeClient; // what is never asked for is left out
  }

  put(pod: KubeObject): void {
    this.#pods.set(pod.metadata.name, pod);
    for (const each of this.#news) each.push({ type: 'put', object: pod });
  }

  /** As a client is closed whose context was tested anew. */
  close(): void {
    const error = new KubeError('KUBE_CANCELLED', 'The connection to the cluster was closed.');
    for (const each of this.#news) each.push({ type: 'trouble', error, againInMs: 20 });
    this.logs.cut();
    this.logs.fault = () => error;
  }

  delete(name: string): void {
    const pod = this.#pods.get(name);
    this.#pods.delete(name);
    if (pod !== undefined)
      for (const each of this.#news) each.push({ type: 'delete', object: pod });
  }

  async *#list() {
    if (this.refused !== null) throw this.refused;
    const items = [...this.#pods.values()];
    yield { items, resourceVersion: '1', continue: null, remaining: null };
  }

  async *#follow({ signal, fieldSelector }: Selecting): AsyncGenerator<FollowEvent, void, void> {
    const news = new EventQueue<FollowEvent>();
    this.#news.add(news);
    const name = fieldSelector?.replace('metadata.name=', '');
    const fits = ({ metadata }: KubeObject) => name === undefined || metadata.name === name;
    while (this.refused !== null && !signal.aborted) {
      yield { type: 'trouble', error: this.refused, againInMs: 20 };
      await pause(20);
    }
    yield { type: 'page', items: [...this.#pods.values()].filter(fits), first: true };
    yield { type: 'listed' };
    for await (const event of news.read(signal)) {
      if (!('object' in event) || fits(event.object)) yield event;
    }
    this.#news.delete(news);
  }
}

/** `nothing` picks no pods; any other picks all. */
function workload(kind: string, name: string): KubeObject {
  const labels = name === 'nothing' ? {} : { app: 'web' };
  const selector = kind === 'Service' ? labels : { matchLabels: labels };
  const ports = [
    { name: 'web', port: 80, targetPort: 'http' },
    { name: 'plain', port: 9000 },
    { name: 'dns', port: 53, protocol: 'UDP' },
  ];
  return {
    ...{ apiVersion: 'v1', kind },
    metadata: { name, namespace, uid: name, resourceVersion: '1' },
    spec: { selector, ports },
  };
}
