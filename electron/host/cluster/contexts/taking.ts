import path from 'node:path';
import type { ContextSource } from '../../../../shared/cluster/contexts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { oneLine } from '../../../../shared/visible-text.ts';
import { resolveContext } from '../../connections/kubernetes/index.ts';
import { type Database, newId } from '../../db/index.ts';
import type { Secrets } from '../../engine/secrets/index.ts';
import { keptKubeconfig, mostKept } from './kept-kubeconfig.ts';
import type { HeldPreview, KeptPreviews } from './kept-previews.ts';
import type { Chosen } from './preview.ts';
import { readNamedFile } from './read-files.ts';
import { listStored, subjectOf } from './stored-contexts.ts';

export type TakenCluster =
  | { readonly id: string }
  | { readonly name: string; readonly kind: 'k3s' | 'kubernetes' };

export interface TakeInput {
  readonly previewId: string;
  readonly keys: readonly string[];
  readonly cluster: TakenCluster;
}

export interface Taken {
  readonly contextIds: string[];
  readonly clusterId: string;
  readonly changeSetId: string | null;
}

export interface Taking {
  readonly db: Database;
  readonly previews: KeptPreviews;
  readonly secrets: Pick<Secrets, 'put' | 'forget'>;
  readonly addCluster: (cluster: {
    readonly name: string;
    readonly kind: 'k3s' | 'kubernetes';
  }) => {
    readonly id: string;
    readonly changeSetId: string;
  };
}

/** Saves contexts of a preview. Nothing is written where one of them cannot be used. */
export async function take(
  { previewId, keys, cluster }: TakeInput,
  taking: Taking,
  signal: AbortSignal,
): Promise<Taken> {
  const { db, previews } = taking;
  const chosen = keys.map((key) => previews.chosen(previewId, key));
  const contents = await Promise.all(chosen.map((one) => contentOf(one, signal)));
  const wanted = chosen.map((one, index) => ({
    row: { id: newId(), name: nameOf(one) },
    source: sourceOf(one),
    content: contents[index] ?? null,
  }));
  const { clusterId, changeSetId } = await withSecrets(wanted, taking, () =>
    clusterOf(cluster, taking),
  );
  const contextIds = wanted.map(({ row, source }) => {
    const known = savedFrom(db, source, clusterId);
    if (known !== undefined) return known;
    db.clusterContexts.put({
      ...row,
      clusterId,
      source: JSON.stringify(source),
      viaDevice: null,
      addedAt: Date.now(),
      test: null,
    });
    return row.id;
  });
  return { contextIds, clusterId, changeSetId };
}

interface Wanted {
  readonly row: { readonly id: string; readonly name: string };
  readonly content: string | null;
}

/** Secrets first: a store that is locked, or that there is none of, is no reason for a cluster without a way to it. */
async function withSecrets<T>(
  wanted: readonly Wanted[],
  { secrets }: Taking,
  work: () => T,
): Promise<T> {
  const kept: string[] = [];
  try {
    for (const { row, content } of wanted)
      if (content !== null) kept.push((await secrets.put(subjectOf(row), content)).id);
    return work();
  } catch (error) {
    for (const id of kept) await secrets.forget(id);
    throw error;
  }
}

/** What is to be kept as a secret; null: it lies in a file of the person. */
async function contentOf(
  { set, own, context, origin }: HeldPreview & Chosen,
  signal: AbortSignal,
): Promise<string | null> {
  const resolved = await resolveContext({ set, own, context, readFile: readNamedFile, signal });
  if (origin.kind === 'files') return null;
  const content = keptKubeconfig(resolved);
  if (content.length <= mostKept) return content;
  throw new RackhelmError('KUBE_TOO_LARGE', 'This context holds more than a kubeconfig needs.');
}

function clusterOf(cluster: TakenCluster, { db, addCluster }: Taking) {
  if ('id' in cluster) {
    const isThere = db.clusterContexts.clusters().some(({ id }) => id === cluster.id);
    if (!isThere) throw new RackhelmError('NOT_FOUND', 'This cluster does not exist.');
    return { clusterId: cluster.id, changeSetId: null };
  }
  const { id, changeSetId } = addCluster(cluster);
  return { clusterId: id, changeSetId };
}

function sourceOf({ origin, own, context }: HeldPreview & Chosen): ContextSource {
  if (origin.kind === 'files' && own.file !== null)
    return { kind: 'files', files: [...origin.files], file: own.file, context };
  const kept = origin.kind === 'node' ? origin : ({ kind: 'pasted' } as const);
  return { kind: 'kept', origin: kept, context };
}

/** The same context of the same file is not saved twice for one cluster. */
function savedFrom(db: Database, source: ContextSource, clusterId: string): string | undefined {
  if (source.kind !== 'files') return undefined;
  return listStored(db).find(
    ({ source: known, cluster }) =>
      known.kind === 'files' &&
      cluster.id === clusterId &&
      known.file === source.file &&
      known.context === source.context,
  )?.id;
}

/** By context and where it comes from: `default (config)`, `default (pi-1)`. */
function nameOf({ origin, own, context }: HeldPreview & Chosen): string {
  const from =
    origin.kind === 'node' ? origin.name : own.file === null ? 'pasted' : path.basename(own.file);
  return `${oneLine(context.slice(0, 300))} (${oneLine(from.slice(0, 80))})`;
}
