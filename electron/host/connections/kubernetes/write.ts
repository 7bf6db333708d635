import type { KubeObject, ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { parseObject } from './objects.ts';
import { objectPath, typePath } from './paths.ts';
import { boundedText, parsedJson } from './read-answer.ts';
import type { KubeClient, RawRequest, WriteOptions } from './types.ts';
import type { Wire, WireRequest } from './wire.ts';

const defaultMs = 30_000;
const defaultBytes = 64 * 1024 * 1024;
/** Who the API says changed what we changed. */
export const fieldManager = 'rackhelm';

const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

type Writes = Pick<
  KubeClient,
  'get' | 'create' | 'replace' | 'patch' | 'apply' | 'delete' | 'evict' | 'request'
>;

/** Whatever is asked once and answered once. */
export function createWrites(wire: Wire): Writes {
  async function text(request: WireRequest, { maxBytes, timeoutMs }: Bounds = {}): Promise<string> {
    const wholeMs = timeoutMs ?? defaultMs;
    const answer = await wire.open({ ...request, headMs: wholeMs });
    const { signal } = request;
    return boundedText(answer, { maxBytes: maxBytes ?? defaultBytes, timeoutMs: wholeMs, signal });
  }

  async function object(request: WireRequest): Promise<KubeObject> {
    return parseObject(parsedJson(await text(request), wire.where), wire.where);
  }

  return {
    get: (type, which, { signal }) => object({ path: objectPath(type, which), signal }),

    create(type, body, { namespace, of, ...options }) {
      const path = of
        ? objectPath(type, { ...of, ...(namespace !== undefined && { namespace }) })
        : typePath(type, namespace);
      return object({ method: 'POST', path, body, ...written(options) });
    },

    replace: (type, which, { object: body, ...options }) =>
      object({ method: 'PUT', path: objectPath(type, which), body, ...written(options) }),

    patch: (type, which, { kind, patch: body, ...options }) =>
      object({
        method: 'PATCH',
        path: objectPath(type, which),
        body,
        contentType: patchTypes[kind],
        ...written(options),
      }),

    apply(type, which, { object: body, force = false, ...options }) {
      const { signal, query } = written(options);
      return object({
        method: 'PATCH',
        path: objectPath(type, which),
        // Any JSON is YAML as well.
        contentType: 'application/apply-patch+yaml',
        body,
        query: { ...query, force },
        signal,
      });
    },

    async delete(type, which, { signal, dryRun, ...options }) {
      const { propagation, gracePeriodSeconds, uid, resourceVersion } = options;
      const body = {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: propagation,
        gracePeriodSeconds,
        dryRun: dryRun ? ['All'] : undefined,
        preconditions: { uid, resourceVersion },
      };
      await text({ method: 'DELETE', path: objectPath(type, which), body, signal });
    },

    async evict({ namespace, name }, { signal, dryRun, gracePeriodSeconds, uid }) {
      const body = {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { namespace, name },
        deleteOptions: {
          gracePeriodSeconds,
          dryRun: dryRun ? ['All'] : undefined,
          preconditions: uid === undefined ? undefined : { uid },
        },
      };
      const path = objectPath(pods, { namespace, name, subresource: 'eviction' });
      await text({ method: 'POST', path, body, signal });
    },

    async request({ maxBytes, timeoutMs, ...request }) {
      const bounds = { ...(maxBytes && { maxBytes }), ...(timeoutMs && { timeoutMs }) };
      const answered = await text(request, bounds);
      try {
        return JSON.parse(answered) as unknown;
      } catch {
        return answered; // as /readyz, and metrics
      }
    },
  };
}

type Bounds = Partial<Pick<RawRequest, 'maxBytes' | 'timeoutMs'>>;

export const pods: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  namespaced: true,
  verbs: [],
};

function written({ signal, dryRun, fieldManager: manager = fieldManager }: WriteOptions) {
  return { signal, query: { fieldManager: manager, dryRun: dryRun ? 'All' : undefined } };
}
