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
  /** Whether the pool itself holds the private half. */
  readonly holds?: (publicKey: string) => boolean;
  /** Asked for the passphrase of a key file alone. Default: nobody answers. */
  readonly ask?: Ask;
}

/** Passwords are not answered, whoever may know them, and a host key is nothing to decide here. */
const keysAlone =
  (ask: Ask | undefined, onLocked: () => void): Ask =>
  async (question, signal) => {
    if (question.kind !== 'passphrase') return { kind: 'cancel' };
    const answer = ask ? await ask(question, signal) : ({ kind: 'cancel' } as const);
    if (answer.kind === 'cancel') onLocked();
    return answer;
  };

/** Tries a login of its own with keys alone, over the pool of connections. */
export function createKeyLogin(options: KeyLoginOptions): TryKeyLogin {
  const { pool, targetOf, keyFileOf, holds, ask } = options;
  return async ({ machine, user, publicKey, signal }) => {
    const isHeld = publicKey !== null && holds?.(publicKey) === true;
    const identityFile = publicKey === null || isHeld ? undefined : await keyFileOf(publicKey);
    if (identityFile === null) return 'no-key';
    const target = { ...targetOf(machine), user, ...(identityFile ? { identityFile } : {}) };
    let isLocked = false;
    const onLocked = () => {
      isLocked = true;
    };
    try {
      const connection = await (await pool()).connect(target, {
        ask: keysAlone(ask, onLocked),
        signal,
        attended: false,
        fresh: true,
        // Else another key could be the one that opens.
        ...(publicKey === null ? {} : { onlyKey: publicKey }),
      });
      connection.release();
      return 'in';
    } catch (error) {
      // The machine would have taken the key, for which nobody has the passphrase now.
      if (!signal.aborted && isRefusal(error)) return isLocked ? 'no-key' : 'refused';
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
