import type { Command } from 'commander';
import type { Installation } from '../../../installation.ts';
import { parseMinutes } from '../../terminal/parse-count.ts';
import type { ClusterOptions } from '../cluster-session.ts';
import type { CreateTokenOptions } from './tokens-command.ts';
import type { UpkeepOptions } from './upkeep-command.ts';

/** `cluster tokens`: what lets nodes join. */
export function tokensProgram(
  base: (name: string) => Command,
  planned: (command: Command) => Command,
  installation: Installation,
): Command {
  const asked = (name: string) =>
    base(name)
      .option('--context <name>', 'which cluster, by its name or the name or id of a context')
      .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
      .option('--json', 'machine-readable output');
  return base('tokens')
    .description('tokens that let nodes join: list, create, delete, rotate')
    .addCommand(
      asked('list')
        .description('those for agents, by id and end; never the token')
        .action(async (options: ClusterOptions & { json?: true }) => {
          const { listTokens } = await import('./tokens-command.ts');
          await listTokens(installation, options);
        }),
    )
    .addCommand(
      asked('create')
        .description('one that lets agents join and ends by itself')
        .requiredOption('--file <file>', 'a new file that it is written to, readable by you alone')
        .option('--minutes <number>', 'so long it lets agents join', parseMinutes, 120)
        .option('--description <text>', 'what it is for', 'made by hand')
        .action(async (options: CreateTokenOptions) => {
          const { createToken } = await import('./tokens-command.ts');
          await createToken(installation, options);
        }),
    )
    .addCommand(
      asked('delete')
        .description('it lets nobody join any more; who has joined stays')
        .argument('<id>', 'the six letters in front of it')
        .option('--yes', 'do it without asking')
        .action(async (id: string, options: UpkeepOptions) => {
          const { deleteToken } = await import('./tokens-command.ts');
          await deleteToken(installation, id, options);
        }),
    )
    .addCommand(
      planned(base('rotate'))
        .description('another token of the servers, for all that hold it, node by node')
        .action(async (options: UpkeepOptions) => {
          const { workOnNodes } = await import('./upkeep-command.ts');
          await workOnNodes(installation, { kind: 'rotate-token' }, options);
        }),
    );
}
