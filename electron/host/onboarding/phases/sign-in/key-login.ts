import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../../shared/model/ssh.ts';
import type { Ask, SshPool } from '../../../connections/ssh/index.ts';
import type { Machine } from '../../../engine/machines/index.ts';
import type { TryKeyLogin } from './sshd.ts';

export interface KeyLoginOptions {
  readonly pool: () => Promise<SshPool>;
  /** How this machine is reached; the user of the login is put in. */
  readonly targetOf: (machine: Machine) => SshTarget;
  /** The private key file on this computer that belongs to a public key; null: it is not here. */
  readonly keyFileOf: (publicKey: string) => Promise<string | null>;
  /** Asked for the passphrase of a key file alone. Default: nobody answers. */
  readonly ask?: Ask;
}

/** Passwords are not answered, whoever may know them, and a host key is nothing to decide here. */
const keysAlone =
  (ask: Ask | undefined): Ask =>
  async (question, signal) =>
    question.kind === 'passphrase' && ask ? ask(question, signal) : { kind: 'cancel' };

/** Tries a login of its own with keys alone, over the pool of connections. */
export function createKeyLogin(options: KeyLoginOptions): TryKeyLogin {
  const { pool, targetOf, keyFileOf, ask } = options;
  return async ({ machine, user, publicKey, signal }) => {
    const identityFile = publicKey === null ? undefined : await keyFileOf(publicKey);
    if (identityFile === null) return 'no-key';
    const target = { ...targetOf(machine), user, ...(identityFile ? { identityFile } : {}) };
    try {
      const connection = await (await pool()).connect(target, {
        ask: keysAlone(ask),
        signal,
        attended: false,
        fresh: true,
      });
      connection.release();
      return 'in';
    } catch (error) {
      if (!signal.aborted && isRefusal(error)) return 'refused';
      throw error;
    }
  };
}

/** Whoever would have to type something does not get in by a key. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof RackhelmError &&
    (error.code === 'SSH_AUTH_FAILED' || error.code === 'SSH_CANCELLED')
  );
}
