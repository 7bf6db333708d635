import { formatCount } from '../../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  keyPlace,
  secretKindTitles,
  secretPurpose,
} from '../../../../shared/model/secret-words.ts';
import type { ListedKey, SecretsStatus } from '../../../../shared/model/secrets.ts';
import type { Database } from '../../db/index.ts';
import { type AppKeys, createAppKeys, type Secrets } from '../../engine/secrets/index.ts';
import { timeText } from '../inventory/annotation-commands.ts';
import { openInventory } from '../open-inventory.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { hasTerminal } from '../terminal/terminal-ask.ts';
import { formatTable } from '../terminal/text-table.ts';
import { readPassphraseFile, readSecret } from './secret-input.ts';
import { openSecrets, type SecretOptions, unlockFromFile } from './secret-store.ts';

export interface SecretsOptions extends DataOption, SecretOptions {
  readonly json?: true;
}

/** How the store shall open. */
export interface WayOptions extends SecretsOptions {
  readonly passphrase?: true;
  readonly recoveryKey?: boolean;
}

interface Store {
  readonly secrets: Secrets;
  readonly appKeys: AppKeys;
  readonly database: Database;
}

/** Opens the store for one command. */
export async function withSecrets(
  { data, passphraseFile }: SecretsOptions,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  const database = openInventory(data, { make: true });
  const secrets = openSecrets(database);
  try {
    if (passphraseFile !== undefined) await unlockFromFile(secrets, passphraseFile);
    const appKeys = createAppKeys({ store: database.secrets, secrets });
    await work({ secrets, appKeys, database });
  } finally {
    await secrets.close();
    database.close();
  }
}

/** `rackhelm secrets [status]`. */
export function printStatus(options: SecretsOptions): Promise<void> {
  return withSecrets(options, async ({ secrets, appKeys }) =>
    tellStatus(await secrets.status(), options, appKeys.list()),
  );
}

function tellStatus(
  status: SecretsStatus,
  { json }: SecretsOptions,
  keys: readonly ListedKey[] = [],
): void {
  if (json) printJson({ ...status, keys });
  else print(statusText(status, keys));
}

function statusText(status: SecretsStatus, keys: readonly ListedKey[]): string {
  const { state, stored, recoveryMadeAt, problem, keyStore } = status;
  if (state === 'not-set-up') {
    const why = keyStore.why === null ? '' : ` ${keyStore.why}`;
    return `Not set up: nothing is remembered. rackhelm secrets set-up begins.${why}\n`;
  }
  const recovery =
    recoveryMadeAt === null
      ? 'none; rackhelm secrets recovery-key makes one'
      : `made ${timeText(recoveryMadeAt)}`;
  const rows = [
    ['State', state],
    ['Key', keyPlace(status)],
    ['Stored', formatCount(stored, 'secret')],
    ['Recovery key', recovery],
    ...keys.map(({ sha256, madeAt }) => [
      'Rackhelm’s own SSH key',
      `${sha256}, made ${timeText(madeAt)}`,
    ]),
    ...(problem === null ? [] : [['Why locked', `${problem.message} ${problem.hint}`]]),
  ];
  return formatTable(rows);
}

/** `rackhelm secrets list`: what is stored, and never the value. */
export function listSecrets(options: SecretsOptions & { readonly limit: number }): Promise<void> {
  return withSecrets(options, async ({ secrets, database }) => {
    const { rows, total } = secrets.list({ offset: 0, limit: options.limit });
    if (options.json) return printJson({ rows, total });
    if (total === 0) return tell('Nothing is remembered.\n');
    const nameOf = (id: string) => database.tables.devices.get(id)?.name ?? null;
    const lines = rows.map(({ id, subject, storedAt, usedAt, failedAt }) => [
      secretKindTitles[subject.kind],
      secretPurpose(subject, 'deviceId' in subject ? nameOf(subject.deviceId) : null),
      timeText(storedAt),
      usedAt === null ? 'never' : timeText(usedAt),
      failedAt === null ? '' : 'not accepted the last time',
      id,
    ]);
    print(formatTable([['KIND', 'FOR', 'STORED', 'USED', '', 'ID'], ...lines]));
    if (total > rows.length) tell(`${total - rows.length} more; --limit shows them.\n`);
  });
}

/** `rackhelm secrets set-up [--passphrase]`: the key store where there is one, else a passphrase. */
export function setUpSecrets(options: WayOptions): Promise<void> {
  const work = async ({ secrets }: Store) => {
    const { state } = await secrets.status();
    if (state !== 'not-set-up') {
      throw new RackhelmError('CHANGED_SINCE', 'The store of secrets is set up already.', {
        hint: 'rackhelm secrets says how it opens.',
      });
    }
    await secrets.setUp(await wayOf(secrets, options));
    const recoveryKey = options.recoveryKey === false ? null : await secrets.makeRecoveryKey();
    if (options.json) return printJson({ ...(await secrets.status()), recoveryKey });
    tell('The store of secrets is set up.\n');
    if (recoveryKey !== null) printRecoveryKey(recoveryKey);
  };
  const { passphraseFile: _, ...rest } = options;
  return withSecrets(rest, work);
}

async function wayOf(secrets: Secrets, options: WayOptions) {
  const { keyStore } = await secrets.status();
  const passphrase =
    options.passphrase ?? (options.passphraseFile === undefined ? undefined : true);
  if (passphrase !== true && keyStore.usable) return { way: 'key-store' } as const;
  if (passphrase !== true) tell(`${keyStore.why ?? ''} A passphrase takes its place.\n`);
  return { way: 'passphrase', passphrase: await newPassphrase(options) } as const;
}

/** Twice where somebody types it, since it is not shown. */
async function newPassphrase({ passphraseFile }: SecretsOptions = { data: '' }): Promise<string> {
  if (passphraseFile !== undefined) return readPassphraseFile(passphraseFile);
  const first = await readSecret('New passphrase of the store of secrets: ');
  if (!hasTerminal() || (await readSecret('Once more: ')) === first) return first;
  throw new RackhelmError('INVALID_INPUT', 'Those were two different passphrases.');
}

function printRecoveryKey(recoveryKey: string): void {
  tell('Recovery key, shown this once. Write it down and keep it apart from this computer:\n');
  print(`${recoveryKey}\n`);
}

/** Opens it by passphrase where it does not open by itself. */
export async function opened(secrets: Secrets): Promise<void> {
  const { state, ways, problem } = await secrets.status();
  if (state === 'open') return;
  if (state === 'locked' && ways.includes('passphrase')) {
    const passphrase = await readSecret('Passphrase of the store of secrets: ');
    return secrets.unlock({ way: 'passphrase', passphrase });
  }
  if (problem !== null) return secrets.unlock({ way: 'key-store' });
  throw new RackhelmError(
    state === 'locked' ? 'SECRETS_LOCKED' : 'SECRETS_NOT_SET_UP',
    state === 'locked'
      ? 'The store of secrets is locked: its key lies in a key store that this command cannot ask.'
      : 'The store of secrets is not set up yet.',
    {
      hint:
        state === 'locked'
          ? 'rackhelm secrets recover opens it here.'
          : 'rackhelm secrets set-up begins.',
    },
  );
}

/** `rackhelm secrets unlock`: whether it opens. A command holds the key only while it runs. */
export function unlockSecrets(options: SecretsOptions): Promise<void> {
  return withSecrets(options, async ({ secrets }) => {
    await opened(secrets);
    if (options.json) return printJson(await secrets.status());
    print(
      'It opens. Each command opens it for itself; --passphrase-file does so without a person.\n',
    );
  });
}

/** `rackhelm secrets change-passphrase`, also from the key store to a passphrase. */
export function changePassphrase(options: SecretsOptions): Promise<void> {
  const { passphraseFile: _, ...rest } = options;
  return withSecrets(rest, async ({ secrets }) => {
    const { ways } = await secrets.status();
    if (ways.includes('passphrase')) {
      const current = await readSecret('Passphrase so far: ');
      await secrets.changePassphrase(current, await newPassphrase());
    } else {
      await opened(secrets);
      await secrets.openBy({ way: 'passphrase', passphrase: await newPassphrase() });
    }
    if (options.json) printJson(await secrets.status());
    else print('The passphrase is changed.\n');
  });
}

/** `rackhelm secrets recover`: by the recovery key, for this computer from now on. */
export function recoverSecrets(options: WayOptions): Promise<void> {
  const { passphraseFile: _, ...rest } = options;
  return withSecrets(rest, async ({ secrets }) => {
    const recoveryKey = await readSecret('Recovery key: ');
    await secrets.moveHere(recoveryKey, await wayOf(secrets, options));
    tellStatus(await secrets.status(), options);
  });
}

/** `rackhelm secrets recovery-key`: a new one, which ends the one before. */
export function newRecoveryKey(options: SecretsOptions): Promise<void> {
  return withSecrets(options, async ({ secrets }) => {
    await opened(secrets);
    const recoveryKey = await secrets.makeRecoveryKey();
    if (options.json) printJson({ recoveryKey });
    else printRecoveryKey(recoveryKey);
  });
}

/** `rackhelm secrets forget ID… | --all`. */
export function forgetSecrets(
  ids: readonly string[],
  options: SecretsOptions & { readonly all?: true },
): Promise<void> {
  if ((options.all === true) === ids.length > 0) {
    const message = ids.length > 0 ? '--all goes without ids.' : 'Nothing was named to forget.';
    throw new RackhelmError('INVALID_INPUT', message, {
      hint: 'rackhelm secrets list shows the ids; --all forgets everything, the key included.',
    });
  }
  return withSecrets(options, async ({ secrets }) => {
    if (options.all) await secrets.startOver();
    // First of all, so that a misspelt one leaves the others.
    for (const id of ids) secrets.get(id);
    for (const id of ids) await secrets.forget(id);
    if (options.json) printJson({ forgotten: options.all ? 'all' : ids });
    else
      print(
        options.all
          ? 'Everything is forgotten.\n'
          : `Forgot ${formatCount(ids.length, 'secret')}.\n`,
      );
  });
}
