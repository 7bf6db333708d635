import type { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { AlgorithmKind } from './algorithm-lists.ts';
import type { AuthMethod, AuthPlan } from './auth.ts';
import {
  cancelled,
  connectionLost,
  fromHandshakeError,
  notSsh,
  TooManyAuthFailures,
} from './errors.ts';
import { KeyWithheld } from './held-key.ts';
import { awaitGreeting, IdentWatch } from './ident.ts';
import { offerKeysAsTheyAre } from './offer-keys.ts';
import { OfferWatch, ownOffer, sharesNothing } from './offers.ts';
import { OneKeyAgent } from './one-key-agent.ts';
import type { ServerWords } from './server-words.ts';
import { onInstructionsAlone } from './ssh2-internals.ts';
import { Transport } from './transport.ts';

export interface HandshakeOptions {
  /** For messages. */
  readonly where: string;
  readonly user: string;
  /** Best first; a kind that is absent is as ssh2 has it. */
  readonly algorithms: Partial<Readonly<Record<AlgorithmKind, readonly string[]>>>;
  /** Resolves when the key may be trusted, rejects to end the attempt. */
  readonly verifyHostKey: (key: Buffer) => Promise<void>;
  /** The server proved that the key is its own; nothing secret was sent before. */
  readonly onHostKeyProven: () => void;
  readonly plan: AuthPlan;
  /** PubkeyAcceptedAlgorithms, best first. */
  readonly acceptedKeyAlgorithms?: readonly string[] | undefined;
  readonly signal: AbortSignal;
  /** What it is waiting for, should the time run out. */
  readonly onStage: (stage: Stage) => void;
  readonly words: ServerWords;
  /** What the server says to people before the login, made harmless. */
  readonly onBanner: (text: string) => void;
  /** The server has answered what was tried, or there is nothing to wait for any more. */
  readonly onAnswer: () => void;
  /** What was asked for has been answered: the server may wait for a person elsewhere. */
  readonly onElsewhere: () => void;
  /** Milliseconds between two signs of life; 0 for none. */
  readonly keepaliveMs: number;
  /** How many of them may stay unanswered. */
  readonly keepaliveCount: number;
}

/** `greeting` until the server greeted as SSH does, then keys and algorithms, then the person. */
export type Stage = 'greeting' | 'drip' | 'babble' | 'key-exchange' | 'authenticate';

const mostBanners = 16;
const longestBanner = 4096;

/** Speaks SSH over an open stream until the user is logged in. The stream is closed on failure. */
export async function handshake(socket: Duplex, options: HandshakeOptions): Promise<Transport> {
  const watch = new IdentWatch();
  socket.on('error', () => {}); // Told again by 'close'; unheard it would end the process.
  const onAbort = () => socket.destroy();
  options.signal.addEventListener('abort', onAbort, { once: true });
  try {
    options.onStage('greeting');
    await awaitGreeting(socket, watch, {
      signal: options.signal,
      onPart: () => reportPart(watch, options),
    });
    if (options.signal.aborted) throw cancelled(options.signal);
    throwUnlessGreeted(socket, watch, options.where);
    return await new Login(socket, watch, options).run();
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', onAbort);
  }
}

/** Tells part of a line from lines that are not SSH, should nothing more come. */
function reportPart(watch: IdentWatch, options: HandshakeOptions): void {
  options.onStage(watch.sawOtherLine ? 'babble' : 'drip');
}

function throwUnlessGreeted(socket: Duplex, watch: IdentWatch, where: string): void {
  if (watch.verdict === 'not-ssh') throw notSsh(where, 'sent something else than an SSH greeting');
  if (!socket.destroyed && !socket.readableEnded) return;
  throw endedBeforeGreeting(watch, where);
}

function endedBeforeGreeting(watch: IdentWatch, where: string): RackhelmError {
  if (watch.turnedAway)
    return new RackhelmError('SSH_REFUSED', `${where} turned the connection away for now.`, {
      hint: 'Its sshd limits connections (MaxStartups, PerSourcePenalties); wait a moment.',
    });
  if (watch.sawAnything) return notSsh(where, 'closed the connection after something else');
  return new RackhelmError(
    'SSH_CONNECTION_LOST',
    `${where} took the connection and closed it at once.`,
    { hint: 'Its sshd may be busy or may refuse this address; check its log.' },
  );
}

function toSsh2Algorithms({ kex, cipher, mac, hostKey }: HandshakeOptions['algorithms']) {
  const lists = {
    ...(kex ? { kex: [...kex] } : {}),
    ...(cipher ? { cipher: [...cipher] } : {}),
    ...(mac ? { hmac: [...mac] } : {}),
    ...(hostKey ? { serverHostKey: [...hostKey] } : {}),
  };
  // The typings name each algorithm; ours were chosen from such a list (see algorithm-lists.ts).
  return lists as ssh2.Algorithms;
}

/** One ssh2 client from its first byte to `ready`. */
class Login {
  readonly #socket: Duplex;
  readonly #watch: IdentWatch;
  readonly #options: HandshakeOptions;
  readonly #client = new ssh2.Client();
  #settled = false;
  #handshakeDone = false;
  #hostKey: Buffer | null = null;
  /** The connection ended while a person was being asked: the answer still counts. */
  #lost: Error | null = null;
  #pending: Promise<unknown> | null = null;
  readonly #offer = new OfferWatch();
  #banners = 0;
  #reject: (error: unknown) => void = () => {};

  constructor(socket: Duplex, watch: IdentWatch, options: HandshakeOptions) {
    this.#socket = socket;
    this.#watch = watch;
    this.#options = options;
  }

  run(): Promise<Transport> {
    const { signal, where, plan } = this.#options;
    return new Promise((resolve, reject) => {
      const onAbort = () => this.#fail(cancelled(signal));
      signal.addEventListener('abort', onAbort, { once: true });
      this.#reject = (error) => {
        signal.removeEventListener('abort', onAbort);
        this.#options.onAnswer();
        reject(error);
      };
      const transport = new Transport(this.#client, this.#socket, where);
      transport.onCutOff = (error) => this.#fail(error);
      this.#socket.on('data', (chunk: Buffer) => this.#offer.push(chunk));
      this.#client
        .on('error', (error) => this.#onError(error))
        .on('close', () => this.#ended(this.#endedEarly()))
        .on('end', () => this.#ended(this.#endedEarly()))
        .on('handshake', () => this.#onHandshake())
        .on('banner', (text) => this.#onBanner(text))
        .on('change password', () => this.#fail(this.#passwordExpired()))
        .on('ready', () => {
          if (this.#settled) return;
          this.#settled = true;
          signal.removeEventListener('abort', onAbort);
          this.#options.onAnswer();
          plan.succeeded();
          transport.hostKey = this.#hostKey;
          resolve(transport);
        });
      this.#watchLateGreeting();
      this.#connect();
      transport.watchPackets();
    });
  }

  /** A server that waited for our greeting is still watched, within the same bounds. */
  #watchLateGreeting(): void {
    if (this.#watch.verdict !== 'more') {
      this.#options.onStage('key-exchange');
      return;
    }
    const onData = (chunk: Buffer) => {
      const verdict = this.#watch.push(chunk);
      if (verdict === 'more') {
        reportPart(this.#watch, this.#options);
        return;
      }
      this.#socket.off('data', onData);
      if (verdict === 'ssh') this.#options.onStage('key-exchange');
      else this.#fail(notSsh(this.#options.where, 'answered with something else'));
    };
    this.#socket.on('data', onData);
  }

  #connect(): void {
    const { user, keepaliveMs, keepaliveCount, plan } = this.#options;
    plan.begin();
    try {
      this.#client.connect({
        sock: this.#socket,
        username: user,
        readyTimeout: 0,
        keepaliveInterval: keepaliveMs,
        keepaliveCountMax: keepaliveCount,
        algorithms: {
          ...toSsh2Algorithms(this.#options.algorithms),
          // A few bytes that unpack to gigabytes would do so on the main thread.
          compress: ['none'],
        },
        hostVerifier: (key: Buffer, answer: (trusted: boolean) => void) =>
          this.#verify(key, answer),
        authHandler: (offered, partial, next) => {
          this.#options.onAnswer();
          this.#decide(plan.next(offered, partial === true), (method) =>
            next(this.#toSsh2(method)),
          );
        },
      });
      onInstructionsAlone(this.#client, (text) => this.#onBanner(text));
      offerKeysAsTheyAre(this.#client, this.#options.acceptedKeyAlgorithms);
    } catch (error) {
      this.#fail(error);
    }
  }

  #verify(key: Buffer, answer: (trusted: boolean) => void): void {
    // ssh2 asks again on every re-keying; the key may not change under way.
    if (this.#hostKey) {
      answer(this.#hostKey.equals(key));
      return;
    }
    const copy = Buffer.from(key);
    this.#decide(this.#options.verifyHostKey(copy), () => {
      this.#hostKey = copy;
      answer(true);
    });
  }

  /** Goes on with what a person or a file has to say first, unless the connection ended. */
  #decide<T>(work: Promise<T>, goOn: (value: T) => void): void {
    this.#pending = work;
    work.then(
      (value) => {
        if (this.#pending === work) this.#pending = null;
        if (this.#lost) this.#fail(this.#lost);
        else this.#guarded(() => goOn(value));
      },
      (error: unknown) => this.#fail(error),
    );
  }

  #onHandshake(): void {
    if (this.#handshakeDone) return;
    this.#handshakeDone = true;
    try {
      this.#options.onHostKeyProven();
    } catch (error) {
      // The key could not be recorded: better no login than one that asks again each time.
      this.#fail(error);
      return;
    }
    this.#options.onStage('authenticate');
  }

  /** Servers may send as many as they like; a person reads the first few. */
  #onBanner(text: string): void {
    this.#banners += 1;
    if (this.#settled || this.#banners > mostBanners) return;
    const harmless = this.#options.words.harmless(text, longestBanner).trim();
    if (harmless !== '') this.#options.onBanner(harmless);
  }

  #toSsh2(method: AuthMethod): ssh2.AnyAuthMethod {
    const username = this.#options.user;
    switch (method.kind) {
      case 'none':
        return { type: 'none', username };
      case 'password':
        return { type: 'password', username, password: method.password };
      case 'key':
        return { type: 'agent', username, agent: this.#agentFor(method) };
      case 'keyboard-interactive':
        return {
          type: 'keyboard-interactive',
          username,
          prompt: (name, instructions, _language, prompts, finish) => {
            this.#options.onAnswer();
            const asked = prompts.map(({ prompt, echo }) => ({ prompt, echo: echo ?? true }));
            const responses = this.#options.plan.respond({ name, instructions, prompts: asked });
            this.#decide(responses, (answers) => {
              finish(answers);
              this.#options.onElsewhere();
            });
          },
        };
    }
  }

  #agentFor(method: Extract<AuthMethod, { kind: 'key' }>): OneKeyAgent {
    return new OneKeyAgent(method.publicKey, (data, algorithm, done) => {
      const signature = method.identity.sign(data, algorithm).catch((error: unknown) => {
        if (error instanceof RackhelmError) throw error;
        if (error instanceof KeyWithheld) this.#options.plan.withheld(error.error);
        // Not this key then: an agent that says no, a passphrase that nobody gave.
        return error instanceof Error ? error : new Error(String(error));
      });
      this.#decide(signature, (result) => {
        if (result instanceof Error) done(result);
        else {
          this.#options.plan.signed();
          done(null, result);
        }
      });
    });
  }

  /** ssh2 throws when it is told something after its connection ended. */
  #guarded(act: () => void): void {
    if (this.#settled) return;
    try {
      act();
    } catch (error) {
      this.#fail(connectionLost(this.#options.where, error));
    }
  }

  #onError(error: Error & { level?: string }): void {
    // A key that could not sign: ssh2 goes on with the next one by itself.
    if (error.level === 'agent') return;
    if (/before handshake/i.test(error.message)) this.#ended(this.#endedEarly());
    else this.#ended(this.#handshakeError(error));
  }

  /** A server words the end of a connection as it likes; that too may land in a log. */
  #handshakeError(error: Error): Error {
    const { where, words } = this.#options;
    if (/no matching|no mutual/i.test(error.message)) {
      const shares = sharesNothing(where, this.#offer.offer, ownOffer(this.#client));
      if (shares) return shares;
    }
    const message = words.harmless(error.message, 300);
    if (message === error.message) return fromHandshakeError(error, where);
    return fromHandshakeError(new Error(message), where);
  }

  #ended(error: Error): void {
    // It waited for us, so this is no answer to anything that was tried.
    if (this.#pending) this.#lost ??= connectionLost(this.#options.where, error);
    else this.#fail(error);
  }

  #endedEarly(): Error {
    const { where, plan } = this.#options;
    if (this.#watch.verdict !== 'ssh') return endedBeforeGreeting(this.#watch, where);
    // Some servers hang up without a word after too many failures.
    if (this.#handshakeDone && plan.progressed)
      return new TooManyAuthFailures(`${where} ended the connection during authentication.`);
    return connectionLost(where);
  }

  #passwordExpired(): RackhelmError {
    const { where, user } = this.#options;
    return new RackhelmError(
      'SSH_AUTH_FAILED',
      `The password of ${user} on ${where} has expired.`,
      {
        hint: 'Log in with ssh once and set a new password.',
      },
    );
  }

  #fail(error: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#socket.destroy();
    this.#reject(error);
  }
}
