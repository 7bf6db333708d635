import type { ServerResponse } from 'node:http';
import { Refusal, type StoredObject, type StoredObjects } from './stored-objects.ts';

/** What the answers need of the API of a trial. */
export interface Answering {
  readonly objects: StoredObjects;
  readonly mute: boolean;
  readonly bookmarkMs: number;
  readonly aggregated: boolean;
}

export interface Asked {
  readonly url: URL;
  readonly method: string;
  readonly body: unknown;
  readonly type: string;
}

export function json(answer: ServerResponse, value: unknown, status = 200): ServerResponse {
  return answer
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify(value));
}

export function respond(api: Answering, asked: Asked, answer: ServerResponse): ServerResponse {
  const { pathname, searchParams } = asked.url;
  if (pathname === '/version')
    return json(answer, { gitVersion: 'v1.37.2', major: '1', minor: '37' });
  if (pathname === '/readyz') return answer.end('ok');
  const fixed = fixedAnswers[pathname];
  if (fixed !== undefined) return json(answer, fixed, asked.method === 'POST' ? 201 : 200);
  if (['/api', '/apis', '/api/v1'].includes(pathname)) return discover(api, pathname, answer);
  const [, namespace = null, resource = '', name, sub] =
    /^\/api\/v1(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(pathname) ??
    [];
  if (resource === '') throw new Refusal(404, 'NotFound');
  if (sub === 'log') return answer.end(logText);
  if (sub === 'eviction')
    return evict(api, { namespace: namespace ?? '', name: name ?? '', answer });
  if (name === undefined && asked.method === 'GET') {
    if (searchParams.get('watch') === 'true')
      return watch(api, { resource, namespace, asked, answer });
    return list(api, { resource, namespace, asked, answer });
  }
  return json(answer, change(api, { resource, namespace: namespace ?? 'default', name, asked }));
}

/** Of one who may do everything. */
const fixedAnswers: Readonly<Record<string, object>> = {
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': { status: { allowed: true } },
  '/apis/authentication.k8s.io/v1/selfsubjectreviews': {
    status: { userInfo: { username: 'ada', groups: ['system:masters'] } },
  },
  '/api/v1/namespaces/kube-system': {
    metadata: { name: 'kube-system', uid: 'uid-of-the-cluster' },
  },
};

const logText = [
  '2026-11-30T10:00:00.5Z first',
  `2026-11-30T10:00:01Z ${'x'.repeat(20_000)}`,
  '2026-11-30T10:00:02Z last',
].join('\n');

interface Listed {
  readonly resource: string;
  readonly namespace: string | null;
  readonly asked: Asked;
  readonly answer: ServerResponse;
}

function list(api: Answering, { resource, namespace, asked, answer }: Listed): ServerResponse {
  const query = asked.url.searchParams;
  const all = api.objects.list(resource, namespace);
  const from = Number(query.get('continue') ?? 0);
  const to = from + Number(query.get('limit') ?? all.length);
  const left = all.length - to;
  return json(answer, {
    kind: 'ConfigMapList',
    apiVersion: 'v1',
    metadata: {
      resourceVersion: String(api.objects.version),
      ...(left > 0 && { continue: String(to), remainingItemCount: left }),
    },
    items: all.slice(from, to).map(({ apiVersion: _a, kind: _k, ...item }) => item),
  });
}

function watch(api: Answering, { resource, namespace, asked, answer }: Listed): ServerResponse {
  let at = Number(asked.url.searchParams.get('resourceVersion'));
  const send = (event: object) => answer.write(`${JSON.stringify(event)}\n`);
  answer.writeHead(200, { 'content-type': 'application/json' });
  if (at < api.objects.oldest) {
    const object = {
      kind: 'Status',
      code: 410,
      reason: 'Expired',
      message: 'too old resource version',
    };
    send({ type: 'ERROR', object });
    return answer.end();
  }
  answer.flushHeaders();
  const more = () => {
    if (api.mute) return;
    for (const { type, version, object, resource: of } of api.objects.events) {
      if (version <= at || of !== resource) continue;
      if (namespace === null || object.metadata.namespace === namespace) send({ type, object });
      at = version;
    }
  };
  const stop = api.objects.onChange(more);
  const bookmarks = setInterval(() => {
    if (api.mute) return;
    const metadata = { resourceVersion: String(api.objects.version), creationTimestamp: null };
    send({ type: 'BOOKMARK', object: { kind: 'ConfigMap', apiVersion: 'v1', metadata } });
  }, api.bookmarkMs);
  answer.on('close', () => {
    stop();
    clearInterval(bookmarks);
  });
  more();
  return answer;
}

interface Changing {
  readonly resource: string;
  readonly namespace: string;
  readonly name: string | undefined;
  readonly asked: Asked;
}

function change(api: Answering, { resource, namespace, name, asked }: Changing): unknown {
  const { method, url, type } = asked;
  const body = (asked.body ?? {}) as Partial<StoredObject>;
  const dryRun = url.searchParams.get('dryRun') === 'All';
  if (name === undefined) {
    const given = body.metadata?.name ?? '';
    if (api.objects.has(resource, namespace, given)) throw new Refusal(409, 'AlreadyExists');
    const metadata = { ...body.metadata, namespace } as StoredObject['metadata'];
    return api.objects.put(resource, { ...body, metadata }, { before: null, dryRun });
  }
  const isApply = type.includes('apply-patch');
  const isNew = isApply && !api.objects.has(resource, namespace, name);
  const before = isNew ? null : api.objects.get(resource, namespace, name);
  if (before === null || isApply) return apply(api, { resource, before, body, url, dryRun });
  if (method === 'GET') return before;
  if (method === 'DELETE') {
    const { uid } = (body as { preconditions?: { uid?: string } }).preconditions ?? {};
    if (uid !== undefined && uid !== before.metadata.uid) throw new Refusal(409, 'Conflict');
    if (!dryRun && !(body as { dryRun?: unknown }).dryRun) api.objects.delete(resource, before);
    return { kind: 'Status', status: 'Success' };
  }
  const version = body.metadata?.resourceVersion;
  if (method === 'PUT' && version !== before.metadata.resourceVersion)
    throw new Refusal(409, 'Conflict');
  const metadata = { ...before.metadata, ...body.metadata };
  return api.objects.put(resource, { ...before, ...body, metadata }, { before, dryRun });
}

interface Applying {
  readonly resource: string;
  readonly before: StoredObject | null;
  readonly body: Partial<StoredObject>;
  readonly url: URL;
  readonly dryRun: boolean;
}

function apply(api: Answering, { resource, before, body, url, dryRun }: Applying): StoredObject {
  const manager = url.searchParams.get('fieldManager') ?? '';
  const data = (body.data ?? {}) as Record<string, string>;
  const others = (before?.metadata.managedFields ?? []).filter((one) => one.manager !== manager);
  const known = (before?.data ?? {}) as Record<string, string>;
  const taken = others.flatMap((one) =>
    one.keys
      .filter((key) => key in data && data[key] !== known[key])
      .map((key) => ({ key, by: one.manager })),
  );
  if (taken.length > 0 && url.searchParams.get('force') !== 'true') {
    const causes = taken.map(({ key, by }) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with "${by}"`,
      field: `.data.${key}`,
    }));
    throw new Refusal(409, 'Conflict', { causes });
  }
  const left = others.map((one) => ({ ...one, keys: one.keys.filter((key) => !(key in data)) }));
  const managedFields = [...left, { manager, keys: Object.keys(data) }];
  const namespace = body.metadata?.namespace ?? before?.metadata.namespace ?? 'default';
  const metadata = {
    ...before?.metadata,
    ...body.metadata,
    namespace,
    managedFields,
  } as StoredObject['metadata'];
  return api.objects.put(
    resource,
    { ...before, ...body, data: { ...known, ...data }, metadata },
    { before, dryRun },
  );
}

function evict(
  api: Answering,
  { namespace, name, answer }: { namespace: string; name: string; answer: ServerResponse },
): ServerResponse {
  const pod = api.objects.get('pods', namespace, name);
  if (pod.metadata.labels?.budget !== undefined) {
    throw new Refusal(429, 'TooManyRequests', {
      causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget needs it' }],
    });
  }
  api.objects.delete('pods', pod);
  return json(answer, { kind: 'Status', status: 'Success' }, 201);
}

const kinds = [
  { name: 'configmaps', kind: 'ConfigMap' },
  { name: 'pods', kind: 'Pod' },
];
const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

function discover(
  { aggregated }: Answering,
  pathname: string,
  answer: ServerResponse,
): ServerResponse {
  if (pathname === '/api/v1') {
    const resources = kinds.map((one) => ({ ...one, namespaced: true, verbs }));
    return json(answer, {
      resources: [
        ...resources,
        { name: 'pods/log', kind: 'Pod', namespaced: true, verbs: ['get'] },
      ],
    });
  }
  if (!aggregated) return json(answer, { kind: 'APIGroupList', groups: [] });
  const resources = kinds.map(({ name, kind }) => ({
    resource: name,
    responseKind: { kind },
    scope: 'Namespaced',
    verbs,
    subresources: name === 'pods' ? [{ subresource: 'log' }] : [],
  }));
  const items =
    pathname === '/api' ? [{ metadata: {}, versions: [{ version: 'v1', resources }] }] : [];
  return json(answer, { kind: 'APIGroupDiscoveryList', items });
}
