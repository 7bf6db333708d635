import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';

/** Whose sudo password it is. */
export interface SudoAccount {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

/** Passwords that the person let Rackhelm keep. */
export interface RememberedSudo {
  get(account: SudoAccount, signal: AbortSignal): Promise<string | null>;
  /** It opened; `remember`: the person wants it kept from now on. Called once for each machine. */
  worked(account: SudoAccount, password: string, remember: boolean): Promise<void>;
  /** The kept one was wrong: it is not offered again before a person looked at it. */
  failed(account: SudoAccount): Promise<void>;
}

export type AskJob = (question: JobQuestion) => Promise<JobAnswer>;

/** The sudo password of one login, had at most once and tried at most once. */
export class SudoPassword {
  readonly #account: SudoAccount;
  readonly #ask: AskJob;
  readonly #remembered: RememberedSudo | undefined;
  #secret: string | null = null;
  #from: 'store' | 'asked' | 'proved' = 'asked';
  #remember = false;
  #wrong: RackhelmError | null = null;

  constructor(account: SudoAccount, ask: AskJob, remembered: RememberedSudo | undefined) {
    this.#account = account;
    this.#ask = ask;
    this.#remembered = remembered;
  }

  get account(): SudoAccount {
    return this.#account;
  }

  /** Throws what the question throws; SUDO_PASSWORD_WRONG once one was wrong; SSH_CANCELLED. */
  async get(signal: AbortSignal): Promise<string> {
    if (this.#wrong) throw this.#wrong;
    if (this.#secret !== null) return this.#secret;
    const kept = (await this.#remembered?.get(this.#account, signal)) ?? null;
    if (kept !== null) {
      [this.#secret, this.#from] = [kept, 'store'];
      return kept;
    }
    const { user, host } = this.#account;
    const answer = await this.#ask({ kind: 'sudo-password', user, host, attempt: 1 });
    if (answer.kind !== 'secret')
      throw new RackhelmError(
        'SSH_CANCELLED',
        `No sudo password for ${user} on ${host} was given.`,
      );
    // It ends at its first line end; what follows would be taken for more passwords.
    const [secret = ''] = answer.secret.split(/[\r\n\0]/);
    [this.#secret, this.#from, this.#remember] = [secret, 'asked', answer.remember];
    return secret;
  }

  async worked(): Promise<void> {
    if (this.#from === 'proved' || this.#secret === null) return;
    const remember = this.#from === 'asked' && this.#remember;
    const isKept = this.#from === 'store';
    this.#from = 'proved';
    if (remember || isKept) await this.#remembered?.worked(this.#account, this.#secret, remember);
  }

  /** Never tried again by this login: `faillock` counts. */
  async failed(): Promise<RackhelmError> {
    const { user, host } = this.#account;
    const kept = this.#from === 'store';
    this.#secret = null;
    const which = kept ? 'The remembered sudo password' : 'The sudo password';
    this.#wrong = new RackhelmError(
      'SUDO_PASSWORD_WRONG',
      `${which} of ${user} on ${host} is wrong.`,
    );
    if (kept) await this.#remembered?.failed(this.#account);
    return this.#wrong;
  }

  /** A text without the password in it. */
  redacted(text: string): string {
    const secret = this.#secret;
    return secret === null || secret.length < 4 ? text : text.replaceAll(secret, '(hidden)');
  }
}
