import { z } from 'zod';
import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { KubeError } from './errors.ts';
import { groupPath } from './paths.ts';
import { boundedText, parsedJson } from './read-answer.ts';
import type { Discovery, KubeVersion } from './types.ts';
import type { Wire } from './wire.ts';

const maxBytes = 32 * 1024 * 1024;
const timeoutMs = 30_000;
/** Groups that are asked at once, of servers that do not tell all in one answer. */
const atOnce = 8;

const texts = z.array(z.string()).nullish().catch(null);

const aggregated = z.looseObject({
  kind: z.literal('APIGroupDiscoveryList'),
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ name: z.string().catch('') }).catch({ name: '' }),
      versions: z
        .array(
          z.looseObject({
            version: z.string(),
            freshness: z.string().nullish(),
            resources: z
              .array(
                z.looseObject({
                  resource: z.string(),
                  responseKind: z.looseObject({ kind: z.string().catch('') }).nullish(),
                  scope: z.string().catch('Cluster'),
                  verbs: texts,
                  shortNames: texts,
                  subresources: z
                    .array(z.looseObject({ subresource: z.string().catch('') }))
                    .nullish()
                    .catch(null),
                }),
              )
              .nullish(),
          }),
        )
        .catch([]),
    }),
  ),
});

const resourceList = z.looseObject({
  resources: z.array(
    z.looseObject({
      name: z.string(),
      kind: z.string().catch(''),
      namespaced: z.boolean().catch(false),
      verbs: texts,
      shortNames: texts,
    }),
  ),
});

const groupList = z.looseObject({
  groups: z.array(
    z.looseObject({
      name: z.string(),
      versions: z.array(z.looseObject({ version: z.string() })).catch([]),
    }),
  ),
});

/** All kinds that the cluster serves, in each version; the preferred version of a group comes first. */
export async function discover(wire: Wire, signal: AbortSignal): Promise<Discovery> {
  const parts = await Promise.all(
    ['/api', '/apis'].map((path) => aggregatedAt(wire, path, signal)),
  );
  const [core, groups] = parts;
  if (core && groups)
    return { types: [...core.types, ...groups.types], failed: [...core.failed, ...groups.failed] };
  return await oneByOne(wire, signal);
}

/** Null: this server does not know how. */
async function aggregatedAt(
  wire: Wire,
  path: string,
  signal: AbortSignal,
): Promise<Discovery | null> {
  const accept = ['v2', 'v2beta1']
    .map(
      (version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
    )
    .join(',');
  const parsed = aggregated.safeParse(
    await read(wire, { path, signal, accept: `${accept},application/json` }),
  );
  if (!parsed.success) return null;
  const types: ResourceType[] = [];
  const failed: { group: string; why: string }[] = [];
  for (const { metadata, versions } of parsed.data.items) {
    for (const { version, freshness, resources } of versions) {
      if (freshness === 'Stale') failed.push({ group: metadata.name, why: 'It does not answer.' });
      for (const one of resources ?? []) {
        types.push({
          group: metadata.name,
          version,
          resource: one.resource,
          kind: one.responseKind?.kind ?? '',
          namespaced: one.scope === 'Namespaced',
          verbs: one.verbs ?? [],
          subresources: (one.subresources ?? []).map(({ subresource }) => subresource),
          shortNames: one.shortNames ?? [],
        });
      }
    }
  }
  return { types, failed };
}

async function oneByOne(wire: Wire, signal: AbortSignal): Promise<Discovery> {
  const { groups } = groupList.parse(await read(wire, { path: '/apis', signal }));
  const asked = [
    { group: '', version: 'v1' },
    ...groups.flatMap(({ name, versions }) =>
      versions.map(({ version }) => ({ group: name, version })),
    ),
  ];
  const types: ResourceType[] = [];
  const failed: { group: string; why: string }[] = [];
  for (let from = 0; from < asked.length; from += atOnce) {
    const some = asked.slice(from, from + atOnce);
    const answers = await Promise.allSettled(some.map((of) => typesOf(wire, of, signal)));
    for (const [index, answer] of answers.entries()) {
      if (answer.status === 'fulfilled') types.push(...answer.value);
      else if (signal.aborted) throw answer.reason;
      else failed.push({ group: some[index]?.group ?? '', why: wordsOf(answer.reason) });
    }
  }
  return { types, failed };
}

async function typesOf(
  wire: Wire,
  of: Pick<ResourceType, 'group' | 'version'>,
  signal: AbortSignal,
): Promise<ResourceType[]> {
  const { resources } = resourceList.parse(await read(wire, { path: groupPath(of), signal }));
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, kind, namespaced, verbs, shortNames }) => ({
      ...of,
      resource: name,
      kind,
      namespaced,
      verbs: verbs ?? [],
      subresources: resources
        .filter((one) => one.name.startsWith(`${name}/`))
        .map((one) => one.name.slice(name.length + 1)),
      shortNames: shortNames ?? [],
    }));
}

function wordsOf(reason: unknown): string {
  return reason instanceof KubeError ? reason.message : 'It answers with something odd.';
}

async function read(
  wire: Wire,
  request: { readonly path: string; readonly signal: AbortSignal; readonly accept?: string },
): Promise<unknown> {
  const text = await boundedText(await wire.open(request), {
    maxBytes,
    timeoutMs,
    signal: request.signal,
  });
  return parsedJson(text, wire.where);
}

const versionAnswer = z.looseObject({
  gitVersion: z.string().max(200),
  major: z.string().max(20).catch(''),
  minor: z.string().max(20).catch(''),
  platform: z.string().max(100).catch(''),
});

export async function readVersion(wire: Wire, signal: AbortSignal): Promise<KubeVersion> {
  const parsed = versionAnswer.safeParse(await read(wire, { path: '/version', signal }));
  if (parsed.success) return parsed.data;
  throw new KubeError('KUBE_ANSWER_ODD', `${wire.where} does not tell the version of a cluster.`);
}
