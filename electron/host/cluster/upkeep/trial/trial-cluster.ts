import type { KubeObject, ResourceType } from '../../../../../shared/cluster/kube-object.ts';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';

type Objects = Map<string, KubeObject>;

const roles = {
  server: ['control-plane', 'etcd'],
  sqlite: ['control-plane'],
  agent: [],
} as const;

interface PutObject {
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

interface TrialNodeObject {
  readonly role?: keyof typeof roles;
  readonly ready?: boolean;
  readonly version?: string;
  readonly address?: string;
  readonly architecture?: string;
}

/** A cluster in memory that is read and written, as far as work on its nodes goes. */
export class TrialCluster {
  readonly #kinds = new Map<string, Objects>();
  /** What was asked to be changed, in order: `patch nodes pi-1`. */
  readonly deeds: string[] = [];
  /** The controllers of K3s; absent: an old one, which knows no mark. */
  removesMembers = true;
  /** The API does not answer. */
  away = false;
  /** As `/readyz` says, while all else answers. */
  ready = true;
  /** Told of each change, so that a test may go on with it. */
  onDeed: (deed: string) => void = () => {};

  node(name: string, given: TrialNodeObject = {}): void {
    const {
      role = 'agent',
      ready = true,
      version = 'v1.36.2+k3s1',
      address = '',
      architecture = 'arm64',
    } = given;
    const labels = Object.fromEntries(
      roles[role].map((one) => [`node-role.kubernetes.io/${one}`, 'true']),
    );
    this.put('nodes', {
      metadata: { name, uid: `uid-${name}`, labels },
      spec: this.object('nodes', name)?.spec ?? {},
      status: {
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown' }],
        addresses: [{ type: 'InternalIP', address }],
        nodeInfo: { kubeletVersion: version, architecture },
      },
    });
  }

  put(resource: string, object: PutObject): void {
    this.#of(resource).set(object.metadata.name, {
      apiVersion: 'v1',
      kind: 'Any',
      ...object,
    } as never); // a test gives what matters
  }

  drop(resource: string, name: string): void {
    this.#of(resource).delete(name);
  }

  has(resource: string, name: string): boolean {
    return this.#of(resource).has(name);
  }

  object(resource: string, name: string): KubeObject | undefined {
    return this.#of(resource).get(name);
  }

  /** The client that phases have. */
  get client(): KubeClient {
    const client: Partial<KubeClient> = {
      list: (type) => this.#list(type),
      get: async (type, { name }) => this.#found(type, name),
      patch: async (type, { name }, { patch }) => this.#patch(type, name, patch),
      delete: async (type, { name }, { uid }) => this.#delete(type, name, uid),
      request: async () => {
        this.#check();
        if (!this.ready) throw new KubeError('KUBE_FAILED', 'etcd has no leader.', { status: 500 });
        return 'ok';
      },
    };
    return client as KubeClient; // the part that is asked
  }

  async *#list({ resource }: ResourceType) {
    this.#check();
    const items = [...this.#of(resource).values()];
    yield { items, resourceVersion: '1', continue: null, remaining: null };
  }

  #check(): void {
    if (this.away) throw new KubeError('KUBE_UNREACHABLE', 'The API does not answer.');
  }

  #found({ resource }: ResourceType, name: string): KubeObject {
    this.#check();
    const found = this.#of(resource).get(name);
    if (found !== undefined) return found;
    throw new KubeError('KUBE_NOT_FOUND', `There is no ${name}.`, { status: 404 });
  }

  #patch(type: ResourceType, name: string, patch: unknown): KubeObject {
    const before = this.#found(type, name);
    const after = merged(before, patch) as KubeObject; // a patched object is one
    this.#of(type.resource).set(name, after);
    const mark = after.metadata.annotations?.['etcd.k3s.cattle.io/remove'];
    if (mark === 'true' && this.removesMembers)
      this.put(type.resource, {
        ...after,
        metadata: {
          ...after.metadata,
          annotations: {
            ...after.metadata.annotations,
            'etcd.k3s.cattle.io/removed-node-name': name,
          },
        },
      });
    this.#deed(`patch ${type.resource} ${name}`);
    return after;
  }

  #delete(type: ResourceType, name: string, uid: string | undefined): void {
    const found = this.#found(type, name);
    if (uid !== undefined && found.metadata.uid !== uid)
      throw new KubeError('KUBE_CONFLICT', 'It is another one.', { status: 409 });
    this.#of(type.resource).delete(name);
    this.#deed(`delete ${type.resource} ${name}`);
  }

  #deed(deed: string): void {
    this.deeds.push(deed);
    this.onDeed(deed);
  }

  #of(resource: string): Objects {
    const found = this.#kinds.get(resource) ?? new Map<string, KubeObject>();
    this.#kinds.set(resource, found);
    return found;
  }
}

/** RFC 7386, without deletion. */
function merged(before: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const base = typeof before === 'object' && before !== null ? before : {};
  const entries = Object.entries(patch).map(([key, value]) => [
    key,
    merged((base as Record<string, unknown>)[key], value), // whatever it holds is merged
  ]);
  return { ...base, ...Object.fromEntries(entries) };
}
