import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshAnswer, SshQuestion, SshTarget } from '../../../../shared/model/ssh.ts';
import type { Answer, Ask, SshConnection, SshPool } from '../../connections/ssh/index.ts';
import type { AskJob } from './sudo-password.ts';

/** Puts what is remembered before a question; `log` is told why it cannot be used. */
export type Answering = (ask: Ask, log: (text: string) => void) => Ask;

export interface LoginOptions {
  readonly pool: () => Promise<SshPool>;
  readonly target: SshTarget;
  /** Where it answers now, where that is not where the target leads. */
  readonly at?: string | undefined;
  readonly ask: AskJob;
  /** Whether a person is there who can confirm or sign in elsewhere meanwhile. */
  readonly attended: boolean;
  readonly answering?: Answering | undefined;
  readonly log?: (text: string) => void;
}

export interface FreshOptions {
  readonly signal: AbortSignal;
  readonly at?: string | undefined;
  readonly timeoutMs?: number | undefined;
  /** The key that it has to show; undefined: as for any login. */
  readonly hostKey: SshConnection['hostKey'];
  /** Fingerprints of keys that it may show as well, since it was given them. */
  readonly givenKeys?: readonly string[];
}

/** Logs in to one machine, also again, and asks a person for a secret once only. */
export class Login {
  readonly #options: LoginOptions;
  readonly #secrets = new Map<string, SshAnswer>();

  constructor(options: LoginOptions) {
    this.#options = options;
  }

  async open(signal: AbortSignal): Promise<SshConnection> {
    const { pool, target, at, attended, log } = this.#options;
    return (await pool()).connect(target, {
      ask: (question, left) => this.#ask(question, left),
      signal,
      attended,
      ...(at === undefined ? {} : { at }),
      ...(log && {
        onStep: (_, text) => log(text),
        onBanner: (host, text) => log(`${host}: ${text}`),
      }),
    });
  }

  /** A connection of its own. Throws SSH_HOST_KEY_CHANGED where another key answers. */
  async fresh(resolved: SshConnection['resolved'], options: FreshOptions): Promise<SshConnection> {
    const { pool, target, attended } = this.#options;
    const { at, signal, timeoutMs, hostKey, givenKeys = [] } = options;
    const connection = await (await pool()).connect(
      at === undefined ? target : moved(resolved, at),
      {
        ask: this.#knowing(hostKey, givenKeys),
        signal,
        attended,
        fresh: true,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      },
    );
    if (!hostKey || !connection.hostKey || sameKey(hostKey, connection.hostKey)) return connection;
    if (givenKeys.includes(connection.hostKey.sha256)) return connection;
    // Another type of key proves nothing; one of the same type is another machine, or installed anew.
    if (hostKey.type !== connection.hostKey.type) return connection;
    connection.release();
    throw otherKey(at ?? resolved.host);
  }

  /** Whoever shows the key that we know is who we know, under whichever address. */
  #knowing(hostKey: SshConnection['hostKey'], givenKeys: readonly string[]): Ask {
    return async (question, signal) => {
      if ('key' in question && givenKeys.includes(question.key.sha256))
        return { kind: 'host-key', accept: true };
      if (question.kind === 'changed-host-key') throw otherKey(question.key.host);
      if (question.kind === 'unknown-host-key' && hostKey?.type === question.key.type) {
        if (question.key.sha256 !== hostKey.sha256) throw otherKey(question.key.host);
        return { kind: 'host-key', accept: true };
      }
      return this.#ask(question, signal);
    };
  }

  #ask(question: SshQuestion, signal: AbortSignal): Promise<Answer> {
    const { answering, log = () => {} } = this.#options;
    const ask: Ask = (asked) => this.#askJob(asked);
    return (answering?.(ask, log) ?? ask)(question, signal);
  }

  async #askJob(question: SshQuestion): Promise<SshAnswer> {
    const key = remembered(question);
    const known = key === null ? undefined : this.#secrets.get(key);
    if (known) return known;
    const answer = await this.#options.ask({ kind: 'ssh', question });
    const given: SshAnswer = answer.kind === 'ssh' ? answer.answer : { kind: 'cancel' };
    if (given.kind === 'secret' && 'user' in question)
      this.#secrets.set(`password ${question.user}`, given);
    return given;
  }
}

/** Under which an answer is found again; a second try asks anew. */
function remembered(question: SshQuestion): string | null {
  return question.kind === 'password' && question.attempt === 1
    ? `password ${question.user}`
    : null;
}

function sameKey(a: { readonly sha256: string }, b: { readonly sha256: string }): boolean {
  return a.sha256 === b.sha256;
}

function otherKey(host: string): RackhelmError {
  return new RackhelmError(
    'SSH_HOST_KEY_CHANGED',
    `What answers at ${host} shows another host key than this machine had.`,
  );
}

/** The same machine under another address: what the ssh configuration says for its name still counts. */
function moved(
  { port, user, identityFiles, jump }: SshConnection['resolved'],
  host: string,
): SshTarget {
  const [identityFile] = identityFiles;
  return {
    host,
    port,
    user,
    ...(identityFile === undefined ? {} : { identityFile }),
    ...(jump.length === 0 ? {} : { jump: [...jump] }),
  };
}
