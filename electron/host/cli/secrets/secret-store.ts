import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Ask } from '../../connections/ssh/index.ts';
import type { Database } from '../../db/index.ts';
import {
  createOsKeyring,
  createSecrets,
  rememberingAsk,
  type Secrets,
} from '../../engine/secrets/index.ts';
import { tell } from '../terminal/output.ts';
import { askLine, hasTerminal } from '../terminal/terminal-ask.ts';
import { readPassphraseFile } from './secret-input.ts';

export interface SecretOptions {
  /** A file with the passphrase of the store, or with the recovery key. */
  readonly passphraseFile?: string;
}

/** The store of secrets for one command: what it opens is forgotten when the command ends. */
export function openSecrets(database: Database): Secrets {
  return createSecrets({
    store: database.secrets,
    settings: database.readings,
    keyStore: createOsKeyring(),
    report: (error) => tell(`${error instanceof Error ? error.message : String(error)}\n`),
  });
}

/** Opens it by what the file holds. Throws INVALID_INPUT for a file that others may read. */
export async function unlockFromFile(secrets: Secrets, file: string): Promise<void> {
  const text = readPassphraseFile(file);
  try {
    await secrets.unlock({ way: 'passphrase', passphrase: text });
  } catch (error) {
    const mayBeRecovery =
      error instanceof RackhelmError &&
      (error.code === 'SECRETS_PASSPHRASE_WRONG' || error.code === 'SECRETS_LOCKED');
    if (!mayBeRecovery) throw error;
    await secrets.unlock({ way: 'recovery', recoveryKey: text }).catch(() => {
      throw error;
    });
  }
}

export interface AnsweringOptions extends SecretOptions {
  readonly secrets: Secrets;
  readonly attended: boolean;
  /** What is typed shall be remembered once it worked. */
  readonly remember?: boolean;
  readonly onInterrupt: () => void;
  /** Default: `unlocking` of the same options. */
  readonly unlock?: (signal: AbortSignal) => Promise<boolean>;
}

/** Opens a locked store, by the file or by whoever sits there; asked once for each command. */
export function unlocking(options: AnsweringOptions): (signal: AbortSignal) => Promise<boolean> {
  const { secrets, attended, passphraseFile } = options;
  let opening: Promise<boolean> | undefined;
  return (signal) => {
    opening ??= open(signal);
    return opening;
  };

  async function open(signal: AbortSignal): Promise<boolean> {
    if (passphraseFile !== undefined) {
      await unlockFromFile(secrets, passphraseFile);
      return true;
    }
    if (!attended || !hasTerminal()) return false;
    if (!(await secrets.status()).ways.includes('passphrase')) return false;
    const prompt = 'Passphrase of the store of secrets (empty to type what is asked for instead): ';
    const { onInterrupt } = options;
    const passphrase = await askLine(prompt, false, { signal, onInterrupt });
    if (passphrase === null || passphrase === '') return false;
    try {
      await secrets.unlock({ way: 'passphrase', passphrase });
      return true;
    } catch (error) {
      if (!(error instanceof RackhelmError)) throw error;
      tell(`${error.message}\n`);
      return false; // the person is asked for what the machine wants instead
    }
  }
}

/** Answers from the store first; a locked one is opened first. */
export function answering(ask: Ask, options: AnsweringOptions): Ask {
  const { secrets, attended, remember = false, unlock = unlocking(options) } = options;
  const asking: Ask = async (question, signal) => {
    const answer = await ask(question, signal);
    if (!remember || question.kind !== 'keyboard-interactive') return remembered(answer, remember);
    // One prompt was answered as a list of one.
    const [only, ...more] = answer.kind === 'responses' ? answer.responses : [];
    if (only === undefined || more.length > 0) return answer;
    return { kind: 'secret', secret: only, remember };
  };
  return rememberingAsk(asking, secrets, {
    attended,
    unlock,
    onTrouble: (sentence) => tell(`${sentence}\n`),
  });
}

function remembered(answer: Awaited<ReturnType<Ask>>, remember: boolean) {
  return remember && answer.kind === 'secret' ? { ...answer, remember } : answer;
}
