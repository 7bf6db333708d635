import { type Command, Option } from 'commander';
import { jobStateNames } from '../../../../shared/jobs/job-state.ts';
import type { Installation } from '../../installation.ts';
import { passphraseFileOption } from '../secrets/secret-program.ts';
import { parseCount } from '../terminal/parse-count.ts';
import type { JobOptions, JobsOptions } from './job-commands.ts';

/** `jobs` and `job`. `base` makes a command with what all commands have. */
export function jobProgram(
  base: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const jobs = base('jobs')
    .description('list what Rackhelm did or does on machines, newest first')
    .argument('[search...]', 'only those that hold these words')
    .addOption(new Option('--state <states...>', 'only in these states').choices(jobStateNames))
    .option('--kind <kinds...>', 'only of these kinds')
    .option('--device <name>', 'only on this device')
    .option('--limit <number>', 'how many at the most', parseCount, 50)
    .option('--json', 'machine-readable output')
    .action(async (words: string[], options: JobsOptions) => {
      const { listJobs } = await import('./job-commands.ts');
      await listJobs(words, options);
    });
  const job = base('job')
    .description('show one job, follow it, or decide how it goes on')
    .argument('<id>', 'its id, or four or more letters of its beginning or end')
    .option('--follow', 'print what it says until it has ended')
    .option('--resume', 'go on with it, here; Ctrl-C cancels it')
    .option('--undo', 'take back what was done, in reverse')
    .option('--cancel', 'break it off, wherever it runs')
    .option('--leave', 'leave what was done as it is')
    .option('--log', 'print what it said')
    .addOption(
      new Option('--runbook <format>', 'print its plan, to be read or run by hand').choices([
        'markdown',
        'shell',
      ]),
    )
    .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
    .addOption(passphraseFileOption())
    .option('--json', 'machine-readable output')
    .addHelpText(
      'after',
      '\n--follow, --resume and --undo end with 0 (done, undone), 1 (failed), 7 (it waits for an answer)\nor 130 (cancelled, interrupted).',
    )
    .action(async (id: string, options: JobOptions) => {
      const { oneJob } = await import('./job-commands.ts');
      await oneJob(installation, id, options);
    });
  return [jobs, job];
}
