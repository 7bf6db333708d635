/** Objects of the API of a trial, with what a server keeps of them. */
export interface StoredObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    creationTimestamp: string;
    labels?: Record<string, string>;
    managedFields: { manager: string; keys: string[] }[];
  };
  [field: string]: unknown;
}

export interface StoredEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly version: number;
  readonly resource: string;
  readonly object: StoredObject;
}

/** A refusal as the API words it. */
export class Refusal extends Error {
  readonly status: number;
  readonly reason: string;
  readonly details: object;

  constructor(status: number, reason: string, details: object = {}) {
    super(reason);
    this.status = status;
    this.reason = reason;
    this.details = details;
  }
}

export class StoredObjects {
  version = 100;
  /** Watches from before it are too old. */
  oldest = 50;
  readonly events: StoredEvent[] = [];
  readonly #objects = new Map<string, StoredObject>();
  readonly #listeners = new Set<() => void>();
  #uids = 0;

  list(resource: string, namespace: string | null): StoredObject[] {
    const start = namespace === null ? `${resource}/` : `${resource}/${namespace}/`;
    return [...this.#objects]
      .filter(([key]) => key.startsWith(start))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => object);
  }

  get(resource: string, namespace: string, name: string): StoredObject {
    const found = this.#objects.get(`${resource}/${namespace}/${name}`);
    if (found) return found;
    throw new Refusal(404, 'NotFound');
  }

  has(resource: string, namespace: string, name: string): boolean {
    return this.#objects.has(`${resource}/${namespace}/${name}`);
  }

  /** `before`: what is replaced; null: it is new. */
  put(
    resource: string,
    given: Partial<StoredObject>,
    { before, dryRun }: { before: StoredObject | null; dryRun: boolean },
  ): StoredObject {
    const name = given.metadata?.name ?? '';
    const namespace = given.metadata?.namespace ?? 'default';
    if (!/^[a-z0-9.-]+$/.test(name)) {
      const causes = [
        { reason: 'FieldValueInvalid', message: 'Invalid value', field: 'metadata.name' },
      ];
      throw new Refusal(422, 'Invalid', { causes });
    }
    const version = this.version + 1;
    const object: StoredObject = {
      ...given,
      apiVersion: given.apiVersion ?? 'v1',
      kind: given.kind ?? 'ConfigMap',
      metadata: {
        managedFields: [],
        ...given.metadata,
        name,
        namespace,
        uid: before?.metadata.uid ?? `uid-${++this.#uids}`,
        resourceVersion: String(version),
        creationTimestamp: '2026-11-30T10:00:00Z',
      },
    };
    if (dryRun) return object;
    this.#objects.set(`${resource}/${namespace}/${name}`, object);
    this.#tell({ type: before ? 'MODIFIED' : 'ADDED', version, resource, object });
    return object;
  }

  delete(resource: string, object: StoredObject): void {
    const { namespace, name } = object.metadata;
    this.#objects.delete(`${resource}/${namespace}/${name}`);
    const version = this.version + 1;
    const gone = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    this.#tell({ type: 'DELETED', version, resource, object: gone });
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(event: StoredEvent): void {
    this.version = event.version;
    this.events.push(event);
    for (const listener of this.#listeners) listener();
  }
}
