import { oneLine } from '../../../../shared/visible-text.ts';
import type { Secrets } from '../../engine/secrets/index.ts';
import { type StoredDeps, storedContext, subjectOf } from './stored-contexts.ts';

interface RenameDeps extends Pick<StoredDeps, 'db'> {
  readonly secrets: Pick<Secrets, 'find' | 'put' | 'forget'>;
}

/**
 * Calls a saved context otherwise. A secret is bound to the name that it was stored under: it is stored
 * anew first, so that a crash in between leaves one too many and none too few.
 */
export async function renameStored(deps: RenameDeps, id: string, name: string): Promise<void> {
  const { db, secrets } = deps;
  const row = storedContext(deps, id);
  const called = oneLine(name).trim();
  if (called === row.name) return;
  const old = row.from.kind === 'kept' ? secrets.find(subjectOf(row)) : null;
  if (old !== null) {
    const { secret } = await old.read();
    await secrets.put(subjectOf({ id, name: called }), secret, { worked: true });
  }
  db.clusterContexts.rename(id, called);
  if (old !== null) await secrets.forget(old.id);
}
