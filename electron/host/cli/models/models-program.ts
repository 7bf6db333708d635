import { type Command, InvalidArgumentError } from 'commander';
import type { PlanCard } from '../../../../shared/models/planner.ts';
import type { Installation } from '../../installation.ts';
import { handDownData } from '../terminal/options.ts';
import { parseCount } from '../terminal/parse-count.ts';
import type { PlanOptions } from './plan-command.ts';
import type { ClusterOptions, WriteOptions } from './write-command.ts';

const wishHelp =
  '\nA model is a template with what is chosen: vllm,model=Qwen/Qwen2.5-14B-Instruct-AWQ,context=16384.\nThere are: name, model, quantisation, context, concurrency, billions, share, cards, port, gpus (UUIDs, with +), image.';

/** `models`. `base` makes commands with what all of them have. */
export function modelsProgram(
  base: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const models = base('models')
    .description(
      'containers that serve models: templates, the memory they need, and where they fit',
    )
    .enablePositionalOptions()
    .hook('preSubcommand', handDownData)
    .addCommand(
      base('list')
        .description('the templates, the most useful first')
        .option('--json', 'machine-readable output')
        .action(async (options: { json?: true }) => {
          const { listTemplates } = await import('./list-command.ts');
          await listTemplates(installation, options);
        }),
    )
    .addCommand(
      base('plan')
        .description('how much memory models need, and on which cards they fit')
        .argument('<model...>', 'templates with what is chosen')
        .option(
          '--card <GiB/used>',
          'a card: 24 is an empty one, 24/3.5 has 3.5 GiB in use; repeated for each card',
          parseCard,
          [],
        )
        .option('--json', 'machine-readable output')
        .addHelpText('after', wishHelp)
        .action(async (wishes: string[], options: PlanOptions) => {
          const { planModels } = await import('./plan-command.ts');
          await planModels(installation, wishes, options);
        }),
    )
    .addCommand(
      base('to-compose')
        .description('write one out as a compose file')
        .argument('<model>', 'a template with what is chosen')
        .option('--json', 'machine-readable output')
        .addHelpText('after', wishHelp)
        .action(async (wish: string, options: WriteOptions) => {
          const { writeCompose } = await import('./write-command.ts');
          await writeCompose(installation, wish, options);
        }),
    )
    .addCommand(clusterCommand(base, installation));
  return [models];
}

function clusterCommand(base: (name: string) => Command, installation: Installation): Command {
  return base('to-cluster')
    .description('write one out as objects of Kubernetes; nothing is applied')
    .argument('<model>', 'a template with what is chosen')
    .option('-n, --namespace <name>', 'where it goes', 'default')
    .option('--volume <GiB>', 'size of each volume claim', parseCount, 50)
    .option('--gpu-resource <name>', 'what the device plugin offers, such as nvidia.com/gpu')
    .option('--node <name>', 'the node to run on')
    .option('--tolerate <taint...>', 'keys of taints of that node')
    .option('--json', 'machine-readable output')
    .addHelpText('after', wishHelp)
    .action(async (wish: string, options: ClusterOptions) => {
      const { writeCluster } = await import('./write-command.ts');
      await writeCluster(installation, wish, options);
    });
}

function parseCard(text: string, before: readonly PlanCard[]): PlanCard[] {
  const found = /^(\d{1,4}(?:\.\d+)?)(?:\/(\d{1,4}(?:\.\d+)?))?$/.exec(text);
  if (found === null)
    throw new InvalidArgumentError('Such as 24, or 24/3.5 where 3.5 GiB are used.');
  const bytes = (gib: string) => Math.round(Number(gib) * 1024 ** 3);
  const key = `card ${before.length + 1}`;
  const card = {
    key,
    name: key,
    totalBytes: bytes(found[1] ?? '0'),
    usedBytes: bytes(found[2] ?? '0'),
  };
  return [...before, card];
}
