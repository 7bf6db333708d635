import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshQuestion } from '../../../../shared/model/ssh.ts';
import { authFailed, usualMethods } from './auth-failure.ts';
import { cancelled, place } from './errors.ts';
import { GivenAnswers } from './given-answers.ts';
import { type Hop, jumpChain } from './hop.ts';
import type { AuthMethodName } from './host-settings.ts';
import type { Identity } from './identity.ts';
import type { PublicKey } from './keys/public-key.ts';
import { signatureAlgorithms } from './offer-keys.ts';
import type { SecretMemory } from './secret-memory.ts';
import type { Answer } from './types.ts';

/** What to try next. */
export type AuthMethod =
  | { readonly kind: 'none' }
  | { readonly kind: 'key'; readonly identity: Identity; readonly publicKey: PublicKey }
  | { readonly kind: 'keyboard-interactive' }
  | { readonly kind: 'password'; readonly password: string };

export interface Prompts {
  readonly name: string;
  readonly instructions: string;
  readonly prompts: readonly { readonly prompt: string; readonly echo: boolean }[];
}

export interface AuthPlanOptions {
  readonly hop: Hop;
  readonly identities: readonly Identity[];
  readonly memory: SecretMemory;
  /** Under which a password that worked is remembered. */
  readonly memoryKey: string;
  readonly ask: (question: SshQuestion) => Promise<Answer>;
  /** What was noticed on the way about keys and certificates; it may grow. */
  readonly remarks: readonly string[];
}

const usualAttempts = 3;
const mostPrompts = 32;

/**
 * Which method comes next, in the order of the ssh configuration or OpenSSH's own: keys,
 * keyboard-interactive, password. One plan lasts
 * over several connections to the same server: when sshd hangs up after MaxAuthTries, the next
 * connection goes on with what was not tried yet.
 */
export class AuthPlan {
  readonly #options: AuthPlanOptions;
  readonly #host: string;
  #offered: readonly string[] = [];
  readonly #tried = new Set<string>();
  /** Why keys were not even offered. */
  readonly #passedOver = new Set<string>();
  readonly #keys: Identity[];
  #nextKey = 0;
  #connections = 0;
  #kbdRounds = 0;
  #kbdAskedForPassword = false;
  #passwordAttempts = 0;
  #rememberedTried = false;
  #lastPassword: string | null = null;
  /** How often the server prompted with the same words; a second time it did not take the first. */
  readonly #prompted = new Map<string, number>();
  #promptedIn = 0;
  readonly #answers = new GivenAnswers();
  /** Methods that the server took as a part of what it wants; each new connection repeats them. */
  readonly #partial: AuthMethod[] = [];
  #replay: AuthMethod[] = [];
  #unjudged: AuthMethod | null = null;
  #current: AuthMethod | null = null;
  #currentSigned = false;
  #withheld: RackhelmError | null = null;
  /** Methods tried on this connection: a connection that got nowhere is not worth another. */
  #steps = 0;

  /** Those that the configuration allows, in its order. */
  readonly #methods: readonly AuthMethodName[];
  readonly #attempts: number;

  constructor(options: AuthPlanOptions) {
    this.#options = options;
    const { authMethods, passwordPrompts } = options.hop.configured;
    this.#keys = [...options.identities];
    this.#methods = authMethods ?? usualMethods;
    this.#attempts = passwordPrompts ?? usualAttempts;
    this.#host = place(options.hop.host, options.hop.port);
  }

  /** To be called for each new connection. */
  begin(): void {
    this.#current = null;
    this.#currentSigned = false;
    this.#replay = this.#unjudged ? [...this.#partial, this.#unjudged] : [...this.#partial];
    this.#unjudged = null;
    this.#steps = 0;
    this.#connections += 1;
    if (this.#connections === 2) this.#configuredFirst();
  }

  /**
   * Ssh shows all that the agent holds before the files of the configuration. Where that has used up
   * the patience of the server, those that somebody chose for it come next.
   */
  #configuredFirst(): void {
    const left = this.#keys.splice(this.#nextKey);
    const chosen = (identity: Identity) => identity.configured === true;
    this.#keys.push(...left.filter(chosen), ...left.filter((identity) => !chosen(identity)));
  }

  /** The connection ended before the server could judge the last method: it comes again. */
  repeatLast(): void {
    const last = this.#current;
    if (last?.kind === 'password' || last?.kind === 'key') this.#unjudged = last;
    else this.#answers.unjudged();
  }

  /** Whether another connection could get further than the one that ended. */
  get progressed(): boolean {
    return this.#steps > 0;
  }

  /** The key in use signed: a refusal after that means that the server wants more. */
  signed(): void {
    this.#currentSigned = true;
  }

  /**
   * `offered` and `partial` are what the server answered to the last method; null at the start and
   * after a key of which it said nothing new. Throws SSH_AUTH_FAILED when nothing is left.
   */
  async next(offered: readonly string[] | null, partial: boolean): Promise<AuthMethod> {
    const previous = this.#current;
    if (previous === null) return this.#use({ kind: 'none' });
    if (previous.kind === 'key' && this.#currentSigned) {
      // ssh2 does not pass on what the server said about a key; asking for "none" repeats it.
      this.#tookPart(previous);
      return this.#use({ kind: 'none' });
    }
    if (partial && previous.kind !== 'none') this.#tookPart(previous);
    if (partial) this.#answers.accepted();
    else this.#answers.refused();
    if (offered) this.#offered = offered;
    const method = await this.#choose();
    if (method.kind !== 'none') this.#steps += 1;
    return this.#use(method);
  }

  /** Answers one round of keyboard-interactive prompts. */
  async respond(prompts: Prompts): Promise<string[]> {
    const [only] = prompts.prompts;
    this.#kbdAskedForPassword ||= prompts.prompts.length === 1 && only?.echo === false;
    if (prompts.prompts.length > mostPrompts) throw this.#asksTooMuch();
    const { words } = this.#options.memory;
    if (this.#promptedIn !== this.#kbdRounds) this.#answers.refused();
    this.#promptedIn = this.#kbdRounds;
    const attempt = this.#countPrompts(prompts);
    const answer = await this.#ask({
      kind: 'keyboard-interactive',
      ...this.#asker(),
      attempt,
      name: words.harmless(prompts.name, 200),
      instructions: words.harmless(prompts.instructions, 4096),
      prompts: prompts.prompts.map(({ prompt, echo }) => ({
        prompt: words.harmless(prompt, 500),
        echo,
      })),
    });
    this.#answers.add(answer);
    if (answer.kind === 'secret') this.#options.memory.words.typed(answer.secret);
    if (answer.kind === 'responses') {
      // A one-time code and a name may come back; but who tells them apart?
      for (const response of answer.responses) this.#options.memory.words.typed(response);
    }
    if (answer.kind === 'responses')
      return prompts.prompts.map((_prompt, index) => answer.responses[index] ?? '');
    if (answer.kind === 'secret' && prompts.prompts.length === 1) return [answer.secret];
    throw cancelled();
  }

  /** Where nobody can answer, a key that could not be had is what is wanting. */
  async #ask(question: SshQuestion): Promise<Answer> {
    try {
      return await this.#options.ask(question);
    } catch (error) {
      const needsPerson = error instanceof RackhelmError && error.code === 'SSH_ANSWER_NEEDED';
      throw needsPerson && this.#withheld ? this.#withheld : error;
    }
  }

  #countPrompts({ prompts }: Prompts): number {
    const words = prompts.map(({ prompt }) => prompt.slice(0, 500)).join('\n');
    const count = (this.#prompted.get(words) ?? 0) + 1;
    if (count > 1 || this.#prompted.size < mostPrompts) this.#prompted.set(words, count);
    return count;
  }

  #asksTooMuch(): RackhelmError {
    const message = `${this.#host} asks for more answers than a person gives.`;
    return new RackhelmError('SSH_AUTH_FAILED', message, {
      data: { user: this.#options.hop.user },
    });
  }

  #asker() {
    const { hop } = this.#options;
    const { user, host: address, port } = hop;
    return { user, host: this.#host, address, port, through: jumpChain(hop) };
  }

  /** A key that the server would take cannot be had now: why nothing comes of it, if nothing does. */
  withheld(error: RackhelmError): void {
    this.#withheld ??= error;
  }

  succeeded(): void {
    this.#answers.succeeded();
    for (const method of new Set([...this.#partial, this.#current]))
      if (method?.kind === 'key') method.identity.worked?.();
    if (this.#lastPassword !== null && this.#current?.kind === 'password')
      this.#options.memory.rememberPassword(this.#options.memoryKey, this.#lastPassword);
  }

  #tookPart(method: AuthMethod): void {
    if (!this.#partial.includes(method)) this.#partial.push(method);
  }

  #use(method: AuthMethod): AuthMethod {
    this.#current = method;
    this.#currentSigned = false;
    return method;
  }

  async #choose(): Promise<AuthMethod> {
    const again = this.#replay.shift();
    if (again) return again;
    for (const name of this.#methods) {
      const method = await this.#nextOf(name);
      if (method) return method;
    }
    return this.#nothingLeft();
  }

  #nextOf(name: AuthMethodName): Promise<AuthMethod | null> | AuthMethod | null {
    switch (name) {
      case 'publickey':
        return this.#key();
      case 'keyboard-interactive':
        return this.#keyboardInteractive();
      case 'password':
        return this.#password();
    }
  }

  #nothingLeft(): never {
    throw this.failed();
  }

  async #key(): Promise<AuthMethod | null> {
    if (!this.#offered.includes('publickey')) return null;
    while (true) {
      const identity = this.#keys[this.#nextKey];
      if (!identity) return null;
      this.#nextKey += 1;
      const publicKey = await identity.publicKey();
      if (!publicKey || !this.#mayBeOffered(identity, publicKey)) continue;
      this.#tried.add(`key ${identity.label}`);
      return { kind: 'key', identity, publicKey };
    }
  }

  /** What PubkeyAcceptedAlgorithms leaves out is not shown to the server, as for ssh. */
  #mayBeOffered({ label }: Identity, key: PublicKey): boolean {
    const accepted = this.#options.hop.configured.acceptedKeyAlgorithms;
    if (!accepted || signatureAlgorithms(key).some((name) => accepted.includes(name))) return true;
    this.#passedOver.add(`PubkeyAcceptedAlgorithms leaves out ${label} (${key.type}).`);
    return false;
  }

  #keyboardInteractive(): AuthMethod | null {
    if (!this.#offered.includes('keyboard-interactive') || this.#kbdRounds >= this.#attempts)
      return null;
    this.#kbdRounds += 1;
    this.#tried.add('keyboard-interactive');
    return { kind: 'keyboard-interactive' };
  }

  async #password(): Promise<AuthMethod | null> {
    if (!this.#offered.includes('password')) return null;
    const remembered = this.#options.memory.password(this.#options.memoryKey);
    if (remembered !== undefined && !this.#rememberedTried) {
      this.#rememberedTried = true;
      this.#tried.add('password');
      return { kind: 'password', password: remembered };
    }
    this.#options.memory.forgetPassword(this.#options.memoryKey);
    // Three wrong passwords stay wrong when the server offers to take them by another way.
    const alreadyAsked = this.#kbdAskedForPassword && this.#kbdRounds >= this.#attempts;
    if (alreadyAsked || this.#passwordAttempts >= this.#attempts) return null;
    // Left over where the connection before this one ended with it: the server lives, and asks anew.
    this.#answers.refused();
    this.#passwordAttempts += 1;
    const attempt = this.#passwordAttempts;
    const answer = await this.#ask({ kind: 'password', ...this.#asker(), attempt });
    if (answer.kind !== 'secret') throw cancelled();
    this.#answers.add(answer);
    this.#options.memory.words.typed(answer.secret);
    this.#tried.add('password');
    this.#lastPassword = answer.secret;
    return { kind: 'password', password: answer.secret };
  }

  /** The error of an attempt that the server would not let go on. */
  failed(cause?: unknown): RackhelmError {
    if (this.#withheld) return this.#withheld;
    const keysLeft = this.#offered.includes('publickey') && this.#methods.includes('publickey');
    return authFailed({
      host: this.#host,
      user: this.#options.hop.user,
      tried: [...this.#tried],
      offered: this.#offered,
      allowed: this.#methods,
      untriedKeys: keysLeft ? this.#keys.length - this.#nextKey : 0,
      remarks: [...this.#options.remarks, ...this.#passedOver],
      cause,
    });
  }
}
