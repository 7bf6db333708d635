import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SecretSubject } from '../../../../shared/model/secrets.ts';
import type { Secrets } from './secrets.ts';

interface SudoAccount {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

export interface RememberedSudoOptions {
  readonly secrets: Pick<Secrets, 'find' | 'put'>;
  /** Told what could not be kept. */
  readonly report: (error: unknown) => void;
  /** Called where one is stored and cannot be read; true: the store is open now. */
  readonly unlock?: (signal: AbortSignal) => Promise<boolean>;
}

/**
 * The sudo passwords that a person let Rackhelm keep, for whatever acts on machines. What cannot be had
 * now (a locked store) is as if nothing were kept: a person is asked, or the job waits.
 */
export function rememberedSudo({ secrets, report, unlock }: RememberedSudoOptions) {
  const subjectOf = ({ user, host, port }: SudoAccount): SecretSubject => ({
    kind: 'sudo-password',
    user,
    host,
    port,
  });
  return {
    /** Throws what `unlock` throws. */
    async get(account: SudoAccount, signal: AbortSignal): Promise<string | null> {
      const stored = secrets.find(subjectOf(account));
      // Once more wrong could lock the account.
      if (stored === null || stored.failedAt !== null) return null;
      try {
        return (await stored.read()).secret;
      } catch (error) {
        if (!(error instanceof RackhelmError)) throw error;
        return (await unlock?.(signal)) ? (await stored.read()).secret : null;
      }
    },
    /** What was done with it is done, whatever comes of keeping it. */
    async worked(account: SudoAccount, password: string, remember: boolean): Promise<void> {
      const subject = subjectOf(account);
      if (!remember) secrets.find(subject)?.worked();
      else await secrets.put(subject, password, { worked: true }).then(() => {}, report);
    },
    async failed(account: SudoAccount): Promise<void> {
      secrets.find(subjectOf(account))?.wrong();
    },
  };
}
