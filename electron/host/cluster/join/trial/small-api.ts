import { kindId } from '../../../../../shared/cluster/custom/custom-kind.ts';
import type { KubeObject } from '../../../../../shared/cluster/kube-object.ts';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';

type Given = Readonly<Record<string, unknown>> & {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
};

/** An API in memory with what a join asks of it: nodes and secrets, read and written. */
export class SmallApi {
  readonly objects = new Map<string, KubeObject>();
  /** What was done, in order: `delete nodes/pi-1`. */
  readonly done: string[] = [];
  /** Kinds that this user may not touch. */
  forbidden: ReadonlySet<string> = new Set();
  /** Does what a cluster does by itself after each write. */
  react: (done: string) => void = () => {};
  readonly client: KubeClient;

  constructor() {
    const client: Partial<KubeClient> = {
      list: (type) => this.#list(kindId(type)),
      get: async (type, { name }) => this.#get(kindId(type), name),
      create: async (type, object) => {
        this.#check(kindId(type));
        const given = object as Given; // what a join makes has metadata
        this.put(kindId(type), given);
        this.#did(`create ${kindId(type)}/${given.metadata.name}`);
        return this.#get(kindId(type), given.metadata.name);
      },
      patch: async (type, { name }, { patch }) => {
        const before = this.#get(kindId(type), name);
        const merged = merge(before, patch) as KubeObject; // a patch keeps its shape
        this.objects.set(`${kindId(type)}/${name}`, merged);
        this.#did(`patch ${kindId(type)}/${name}`);
        return merged;
      },
      delete: async (type, { name }) => {
        this.#get(kindId(type), name);
        this.objects.delete(`${kindId(type)}/${name}`);
        this.#did(`delete ${kindId(type)}/${name}`);
      },
      request: async () => {
        this.#check('secrets');
        const items = [...this.objects]
          .filter(([key]) => key.startsWith('secrets/'))
          .map(([, { metadata }]) => ({ metadata: { name: metadata.name } }));
        return { items, metadata: {} };
      },
      clockSkewMs: () => 0,
      close: () => {},
    };
    this.client = client as KubeClient; // what a join never asks for is left out
  }

  put(kind: string, given: Given): void {
    const metadata = { uid: given.metadata.name, resourceVersion: '1', ...given.metadata };
    const object = { apiVersion: 'v1', kind, ...given, metadata };
    this.objects.set(`${kind}/${metadata.name}`, object);
  }

  /** A node as K3s registers it; `etcd`: its part there. */
  node(
    name: string,
    {
      ready = true,
      server = false,
      etcd = null,
      labels = {},
      annotations = {},
      address = '10.0.10.11',
      version = 'v1.37.2+k3s1',
    }: {
      readonly ready?: boolean;
      readonly server?: boolean;
      readonly etcd?: 'voter' | 'learner' | null;
      readonly labels?: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
      readonly address?: string;
      readonly version?: string;
    } = {},
  ): void {
    const role = (word: string) => ({ [`node-role.kubernetes.io/${word}`]: 'true' });
    const condition = (type: string, is: boolean) => ({ type, status: is ? 'True' : 'False' });
    this.put('nodes', {
      metadata: {
        name,
        annotations,
        labels: {
          ...(server && role('control-plane')),
          ...(etcd !== null && role('etcd')),
          ...labels,
        },
      },
      spec: {},
      status: {
        conditions: [
          condition('Ready', ready),
          ...(etcd === null ? [] : [condition('EtcdIsVoter', etcd === 'voter')]),
        ],
        addresses: [{ type: 'InternalIP', address }],
        nodeInfo: { kubeletVersion: version },
      },
    });
  }

  has(key: string): boolean {
    return this.objects.has(key);
  }

  #did(what: string): void {
    this.done.push(what);
    this.react(what);
  }

  #check(kind: string): void {
    if (this.forbidden.has(kind))
      throw new KubeError('KUBE_FORBIDDEN', 'You may not do this.', { status: 403 });
  }

  #get(kind: string, name: string): KubeObject {
    this.#check(kind);
    const found = this.objects.get(`${kind}/${name}`);
    if (found !== undefined) return found;
    throw new KubeError('KUBE_NOT_FOUND', 'There is none of this name.', { status: 404 });
  }

  async *#list(kind: string) {
    this.#check(kind);
    const items = [...this.objects]
      .filter(([key]) => key.startsWith(`${kind}/`))
      .map(([, object]) => object);
    yield { items, resourceVersion: '1', continue: null, remaining: null };
  }
}

function merge(before: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const base = typeof before === 'object' && before !== null ? before : {};
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}
