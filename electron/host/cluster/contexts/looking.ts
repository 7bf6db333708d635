import type {
  ContextPreview,
  FoundSources,
  KubeconfigPreview,
} from '../../../../shared/cluster/contexts.ts';
import {
  type AllowedCommand,
  readDocument,
  type SourceSet,
} from '../../connections/kubernetes/index.ts';
import type { Database } from '../../db/index.ts';
import { absoluteFile, defaultFiles } from './default-files.ts';
import type { KeptPreviews, PreviewOrigin } from './kept-previews.ts';
import { previewContexts } from './preview.ts';
import { readFiles } from './read-files.ts';
import { listStored } from './stored-contexts.ts';
import { suggestCluster } from './suggest-cluster.ts';

export type PreviewSource =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string };

export interface Looking {
  readonly db: Database;
  readonly previews: KeptPreviews;
  readonly allowed: (hash: string) => AllowedCommand | null;
}

/** Servers of clusters are offered; more than these nobody scrolls through. */
const mostNodes = 500;

export async function findSources(db: Database, signal: AbortSignal): Promise<FoundSources> {
  const { from, files } = defaultFiles();
  const { set, problems } = await readFiles(files, { signal, mayLack: true });
  const known = new Set([...set, ...problems].map(({ file }) => file));
  const clusters = new Map(
    db.clusterContexts
      .clusters()
      .flatMap(({ id, name }) =>
        db.clusterContexts
          .members(id)
          .map(
            ({ deviceId, role }) =>
              [deviceId, { cluster: name, server: role !== 'worker' }] as const,
          ),
      ),
  );
  const nodes = db.readings
    .devices({ all: true })
    .filter(({ sshHost }) => sshHost !== null && sshHost !== '')
    .map(({ id, name }) => ({
      deviceId: id,
      name,
      cluster: null,
      server: false,
      ...clusters.get(id),
    }))
    .sort((a, b) => Number(b.server) - Number(a.server));
  return {
    default: { from, files: files.map((path) => ({ path, there: known.has(path) })) },
    nodes: nodes.slice(0, mostNodes),
  };
}

/** What a source holds; it is held to be taken. */
export async function preview(
  source: PreviewSource,
  looking: Looking,
  signal: AbortSignal,
): Promise<KubeconfigPreview> {
  if (source.kind === 'text') {
    const document = await readDocument(source.text, signal);
    return await previewSet([{ file: null, document }], {
      ...looking,
      origin: { kind: 'pasted' },
      signal,
    });
  }
  const files = source.kind === 'default' ? defaultFiles().files : [absoluteFile(source.path)];
  const { set, problems } = await readFiles(files, { signal, mayLack: source.kind === 'default' });
  const shown = await previewSet(set, { ...looking, origin: { kind: 'files', files }, signal });
  return { ...shown, problems: [...problems] };
}

export async function previewSet(
  set: SourceSet,
  options: Looking & { readonly origin: PreviewOrigin; readonly signal: AbortSignal },
): Promise<KubeconfigPreview> {
  const { db, previews, origin, allowed, signal } = options;
  const saved = listStored(db);
  const names = new Set(db.clusterContexts.clusters().map(({ name }) => name.toLowerCase()));
  const from = origin.kind === 'node' ? origin.name : null;
  const { contexts, chosen, total } = await previewContexts({
    set,
    signal,
    allowed,
    now: Date.now(),
    takenAs: (file, context) =>
      saved
        .filter(
          ({ source }) =>
            source.kind === 'files' && source.file === file && source.context === context,
        )
        .map(({ id }) => id),
    suggestCluster: (one: Pick<ContextPreview, 'name' | 'cluster' | 'server'>) =>
      suggestCluster(one, { from, taken: names }),
  });
  const previewId = previews.hold({ origin, set, chosen });
  return { previewId, contexts: [...contexts], total, problems: [] };
}
