import {
  type ContextSource,
  type ContextTest,
  contextSource,
  contextTest,
  type SavedContext,
} from '../../../../shared/cluster/contexts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SecretSubject } from '../../../../shared/model/secrets.ts';
import {
  type ResolvedContext,
  readDocument,
  resolveContext,
} from '../../connections/kubernetes/index.ts';
import type { Database, StoredContext } from '../../db/index.ts';
import type { Secrets } from '../../engine/secrets/index.ts';
import { readFiles, readNamedFile } from './read-files.ts';

export interface StoredDeps {
  readonly db: Database;
  readonly secrets: Pick<Secrets, 'find'>;
}

/** A saved context with its source read. Throws NOT_FOUND. */
export function storedContext(
  { db }: Pick<StoredDeps, 'db'>,
  id: string,
): StoredContext & { readonly from: ContextSource } {
  const row = db.clusterContexts.get(id);
  if (row === undefined)
    throw new RackhelmError('NOT_FOUND', 'This context is not saved any more.');
  return { ...row, from: contextSource.parse(JSON.parse(row.source)) };
}

/** As its kubeconfig says now. Throws KUBE_CONFIG_INVALID, SECRETS_*, NOT_FOUND. */
export async function resolveStored(
  deps: StoredDeps,
  id: string,
  signal: AbortSignal,
): Promise<ResolvedContext> {
  const { from, name } = storedContext(deps, id);
  const { context } = from;
  if (from.kind === 'files') {
    const { set, problems } = await readFiles(from.files, { signal, mayLack: true });
    const own = set.find(({ file }) => file === from.file);
    if (own === undefined) {
      const [problem] = problems.filter(({ file }) => file === from.file);
      const why = problem?.text ?? 'It is not there any more.';
      throw new RackhelmError(
        'KUBE_CONFIG_INVALID',
        `The kubeconfig ${from.file} cannot be read. ${why}`,
      );
    }
    return await resolveContext({ set, own, context, readFile: readNamedFile, signal });
  }
  const known = deps.secrets.find(subjectOf({ id, name }));
  if (known === null)
    throw new RackhelmError('NOT_FOUND', `The kubeconfig of ${name} was forgotten.`, {
      hint: 'Take it again from where it came from.',
    });
  const { secret } = await known.read();
  const own = { file: null, document: await readDocument(secret, signal) };
  return await resolveContext({ set: [own], own, context, readFile: readNamedFile, signal });
}

export function subjectOf({ id, name }: Pick<StoredContext, 'id' | 'name'>): SecretSubject {
  return { kind: 'kubeconfig', contextId: id, name };
}

export function listStored(db: Database): SavedContext[] {
  return db.clusterContexts.list().map((row) => {
    const via = row.viaDevice === null ? undefined : db.tables.devices.get(row.viaDevice);
    return {
      id: row.id,
      name: row.name,
      cluster: { id: row.clusterId, name: row.clusterName },
      source: contextSource.parse(JSON.parse(row.source)),
      via: via === undefined ? null : { id: via.id, name: via.name },
      addedAt: row.addedAt,
      test: testOf(row),
    };
  });
}

/** One that an older version wrote, and that reads no more, was never tested. */
export function testOf({ test }: Pick<StoredContext, 'test'>): ContextTest | null {
  return test === null ? null : (contextTest.safeParse(JSON.parse(test)).data ?? null);
}
