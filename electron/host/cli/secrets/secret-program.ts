import { type Command, Option } from 'commander';
import { handDownData } from '../terminal/options.ts';
import { parseCount } from '../terminal/parse-count.ts';
import type { SecretsOptions, WayOptions } from './secret-commands.ts';
import type { KeyOptions } from './secret-key-command.ts';

/** Which file opens the store without a person; the variable holds its name, never the passphrase. */
export function passphraseFileOption(): Option {
  return new Option(
    '--passphrase-file <file>',
    'opens the store of secrets: a file of yours with mode 600 that holds its passphrase or recovery key',
  ).env('RACKHELM_PASSPHRASE_FILE');
}

/** `secrets`. `base` makes a command with what all commands have. */
export function secretProgram(base: (name: string) => Command): readonly Command[] {
  const part = (name: string, description: string) =>
    base(name)
      .description(description)
      .addOption(passphraseFileOption())
      .option('--json', 'machine-readable output');
  const commands = () => import('./secret-commands.ts');

  const status = part('status', 'how the store opens, and what it holds').action(
    async (options: SecretsOptions) => (await commands()).printStatus(options),
  );
  const list = part('list', 'what is remembered; never the value')
    .option('--limit <number>', 'how many at the most', parseCount, 200)
    .action(async (options: SecretsOptions & { limit: number }) =>
      (await commands()).listSecrets(options),
    );
  const setUp = part(
    'set-up',
    'begin to remember: by the key store of this computer, if there is one',
  )
    .option('--passphrase', 'open it by a passphrase instead')
    .option('--no-recovery-key', 'make no recovery key')
    .action(async (options: WayOptions) => (await commands()).setUpSecrets(options));
  const unlock = part('unlock', 'try whether it opens').action(async (options: SecretsOptions) =>
    (await commands()).unlockSecrets(options),
  );
  const change = part(
    'change-passphrase',
    'another passphrase, or one instead of the key store',
  ).action(async (options: SecretsOptions) => (await commands()).changePassphrase(options));
  const recover = part('recover', 'open it by the recovery key, and by this computer from now on')
    .option('--passphrase', 'by a passphrase from now on')
    .action(async (options: WayOptions) => (await commands()).recoverSecrets(options));
  const recoveryKey = part(
    'recovery-key',
    'make a new recovery key, which ends the one before',
  ).action(async (options: SecretsOptions) => (await commands()).newRecoveryKey(options));
  const forget = part('forget', 'forget what is remembered')
    .argument('[id...]', 'as the list has them')
    .option('--all', 'everything, and how the store opens')
    .action(async (ids: string[], options: SecretsOptions & { all?: true }) =>
      (await commands()).forgetSecrets(ids, options),
    );
  const key = part('key', 'Rackhelm’s own SSH key: its public half, and where it has let in')
    .option('--new', 'make one, or another one beside the one before')
    .option('--public', 'nothing but the public half, as in a .pub file')
    .action(async (options: KeyOptions) =>
      (await import('./secret-key-command.ts')).secretKey(options),
    );
  const secrets = base('secrets')
    .description('what Rackhelm remembers of passwords and passphrases')
    .enablePositionalOptions()
    .hook('preSubcommand', handDownData)
    .addHelpText(
      'after',
      '\nSecrets are typed without an echo, or read from stdin, one a line; never from the command line.',
    )
    .addCommand(status, { isDefault: true });
  for (const command of [list, key, setUp, unlock, change, recover, recoveryKey, forget]) {
    secrets.addCommand(command);
  }
  return [secrets];
}
