import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { createAgentToken } from '../../join/tokens/api-tokens.ts';
import { resources } from '../../resources.ts';
import { isGone } from '../node-now.ts';
import type { UpkeepNeeds } from '../upkeep-needs.ts';

const namespace = 'kube-system';

interface NewToken {
  readonly contextId: string;
  readonly description: string;
  readonly lifeMs: number;
  /** The file on this computer that it is written to, for its user alone. */
  readonly file: string;
}

/** Tokens that let agents join and end by themselves, as a person makes and deletes them. */
export interface AgentTokens {
  /** Throws LOCAL_FILE_EXISTS, LOCAL_FILE_FAILED, KubeError; then there is neither file nor token. */
  create(asked: NewToken, signal: AbortSignal): Promise<{ id: string; file: string }>;
  /** False: there was none. Throws KubeError. */
  delete(
    asked: { readonly contextId: string; readonly id: string },
    signal: AbortSignal,
  ): Promise<{ deleted: boolean }>;
}

export function createAgentTokens({
  clientOf,
  authorityOf,
}: Pick<UpkeepNeeds, 'clientOf' | 'authorityOf'>): AgentTokens {
  return {
    async create({ contextId, description, lifeMs, file }, signal) {
      const authority = await authorityOf(contextId, signal);
      const place = await claim(file);
      try {
        const made = { description, lifeMs, labels: {}, signal };
        const token = await createAgentToken(clientOf(contextId), made);
        const hash =
          authority === null ? null : createHash('sha256').update(authority).digest('hex');
        await place.handle.writeFile(`${hash === null ? '' : `K10${hash}::`}${token}\n`);
        await place.handle.close();
        return { id: token.split('.')[0] ?? '', file: place.file };
      } catch (error) {
        await place.drop();
        throw error;
      }
    },
    async delete({ contextId, id }, signal) {
      const which = { namespace, name: `bootstrap-token-${id}` };
      try {
        await clientOf(contextId).delete(resources.secrets, which, { signal });
        return { deleted: true };
      } catch (error) {
        if (isGone(error)) return { deleted: false };
        throw error;
      }
    },
  };
}

/** Made empty before the token is: where nothing can be written none is made. */
async function claim(given: string) {
  const file = path.normalize(given.replace(/^~(?=$|[/\\])/, homedir()));
  if (!path.isAbsolute(file))
    throw new RackhelmError('LOCAL_FILE_FAILED', 'Say in which folder, from the root on.');
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new RackhelmError(
        'LOCAL_FILE_EXISTS',
        `A file of this name is there already: ${file}.`,
      );
    throw new RackhelmError('LOCAL_FILE_FAILED', `${file} cannot be written.`, { cause: error });
  });
  const drop = async () => {
    await handle.close().catch(() => {}); // it was closed
    await rm(file, { force: true });
  };
  return { file, handle, drop };
}
