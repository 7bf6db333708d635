import path from 'node:path';
import { said } from '../../../../../shared/cluster/status.ts';
import type { UpkeepOverview } from '../../../../../shared/cluster/upkeep/upkeep-overview.ts';
import type { Installation } from '../../../installation.ts';
import { approve } from '../../jobs/approve.ts';
import { Exit, exitCodes } from '../../run-command.ts';
import { print, printJson, tell } from '../../terminal/output.ts';
import { interrupt } from '../../terminal/terminal-ask.ts';
import { type ClusterOptions, withCluster } from '../cluster-session.ts';
import type { UpkeepOptions } from './upkeep-command.ts';

interface Printing extends ClusterOptions {
  readonly json?: true;
}

/** `rackhelm cluster tokens list`: those of agents, never their secret half. */
export async function listTokens(installation: Installation, options: Printing): Promise<void> {
  await withCluster(installation, options, async ({ contextId, work, session }) => {
    const overview = await work.upkeep.overview(contextId, session.signal);
    const { tokens, noTokens } = overview;
    if (options.json) printJson({ tokens, why: noTokens });
    else print(tokensText(overview));
  });
}

function tokensText({ tokens, noTokens, readAt }: UpkeepOverview): string {
  if (noTokens !== null) return `${noTokens}\n`;
  if (tokens.length === 0) return 'There is none that would let an agent join.\n';
  return tokens
    .map(({ id, description, createdAt, expiresAt }) => {
      const made = createdAt === null ? '' : `, made ${new Date(createdAt).toISOString()}`;
      const when = expiresAt === null ? '' : new Date(expiresAt).toISOString();
      const ends =
        expiresAt === null
          ? 'never ends'
          : expiresAt < readAt
            ? `has ended, ${when}`
            : `ends ${when}`;
      return `${said(id)}  ${ends}${made}${description === '' ? '' : `  ${said(description)}`}\n`;
    })
    .join('');
}

export interface CreateTokenOptions extends Printing {
  readonly file: string;
  readonly minutes: number;
  readonly description: string;
}

/** `rackhelm cluster tokens create --file FILE`: only that file has it. */
export async function createToken(
  installation: Installation,
  { file, minutes, description, ...options }: CreateTokenOptions,
): Promise<void> {
  await withCluster(installation, options, async ({ contextId, work, session }) => {
    const asked = { contextId, description, lifeMs: minutes * 60_000, file: path.resolve(file) };
    const made = await work.upkeep.tokens.create(asked, session.signal);
    if (options.json) printJson(made);
    else print(`Token ${made.id} lies in ${made.file}, for you alone. It lets agents join.\n`);
  });
}

/** `rackhelm cluster tokens delete ID [--yes]`. */
export async function deleteToken(
  installation: Installation,
  id: string,
  options: UpkeepOptions,
): Promise<void> {
  await withCluster(installation, options, async ({ contextId, work, session }) => {
    const { signal } = session;
    if (!/^[a-z0-9]{6}$/.test(id)) {
      tell('The id of a token has six letters or digits: rackhelm cluster tokens list.\n');
      throw new Exit(exitCodes.failed);
    }
    if (!options.json)
      print(`Token ${id} would let nobody join any more, and cannot be brought back.\n`);
    await approve(options, { signal, onInterrupt: interrupt });
    const { deleted } = await work.upkeep.tokens.delete({ contextId, id }, signal);
    if (options.json) printJson({ id, deleted });
    if (deleted) return;
    tell(`There is no token ${id}.\n`);
    throw new Exit(exitCodes.failed);
  });
}
