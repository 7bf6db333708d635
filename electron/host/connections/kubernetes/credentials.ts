import { KubeError } from './errors.ts';
import type { ExecPlugin, ResolvedContext, ResolvedUser } from './kubeconfig/resolved.ts';

/** What a plugin or a provider gave. */
export interface GivenCredential {
  readonly token: string | null;
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
  /** UTC milliseconds; null: until it is refused. */
  readonly expiresAt: number | null;
}

/** How a request says who it is. */
export interface SignedIn {
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

export interface CredentialWays {
  /** Runs a command that was allowed. Throws KUBE_COMMAND_NOT_ALLOWED, KUBE_COMMAND_FAILED. */
  readonly runPlugin: (
    plugin: ExecPlugin,
    context: ResolvedContext,
    signal: AbortSignal,
  ) => Promise<GivenCredential>;
  /** The token of an identity provider, renewed where that is due. */
  readonly provide: (user: ResolvedUser, signal: AbortSignal) => Promise<GivenCredential>;
  /** Text of a token file. */
  readonly readToken: (path: string, signal: AbortSignal) => Promise<string>;
}

/** Before it expires: clocks differ, and a request takes its time. */
const marginMs = 30_000;
const tokenFileMs = 60_000;

/** Signs in anew where that is due, once for all who ask at the same time. */
export class Credentials {
  readonly #context: ResolvedContext;
  readonly #ways: CredentialWays;
  #given: GivenCredential | null = null;
  #asking: Promise<GivenCredential> | null = null;

  constructor(context: ResolvedContext, ways: CredentialWays) {
    this.#context = context;
    this.#ways = ways;
  }

  async get(signal: AbortSignal): Promise<SignedIn> {
    const { user } = this.#context;
    const given = this.#isGiven ? await this.#current(signal) : null;
    const token = given?.token ?? user.token;
    return {
      cert: given?.cert ?? user.cert,
      key: given?.key ?? user.key,
      headers: { ...authorization(token, user), ...impersonation(user) },
    };
  }

  /** What was given is not accepted. True: another try may fare better. */
  refused(): boolean {
    if (!this.#isGiven || this.#given === null) return false;
    this.#given = null;
    return true;
  }

  get #isGiven(): boolean {
    const { user } = this.#context;
    return user.exec !== null || user.authProvider !== null || user.tokenFile !== null;
  }

  #current(signal: AbortSignal): Promise<GivenCredential> {
    const { expiresAt = null } = this.#given ?? {};
    const isDue = expiresAt !== null && Date.now() > expiresAt - marginMs;
    if (this.#given !== null && !isDue) return Promise.resolve(this.#given);
    this.#asking ??= this.#ask(signal)
      .then((given) => {
        this.#given = given;
        return given;
      })
      .finally(() => {
        this.#asking = null;
      });
    return this.#asking;
  }

  async #ask(signal: AbortSignal): Promise<GivenCredential> {
    const { user } = this.#context;
    if (user.tokenFile !== null) {
      const token = (await this.#ways.readToken(user.tokenFile, signal)).trim();
      const expiresAt = Date.now() + tokenFileMs + marginMs;
      return { token, cert: null, key: null, expiresAt };
    }
    if (user.exec !== null) return this.#ways.runPlugin(user.exec, this.#context, signal);
    return this.#ways.provide(user, signal);
  }
}

function authorization(token: string | null, { password }: ResolvedUser): Record<string, string> {
  if (token !== null) return { authorization: `Bearer ${headerText(token)}` };
  if (password === null) return {};
  const text = `${password.user}:${password.password}`;
  return { authorization: `Basic ${Buffer.from(text, 'utf8').toString('base64')}` };
}

function impersonation({ impersonate }: ResolvedUser): Record<string, string | readonly string[]> {
  if (impersonate === null) return {};
  const { user, uid, groups, extra } = impersonate;
  const extras = Object.entries(extra).map(([key, values]): [string, readonly string[]] => [
    `impersonate-extra-${encodeURIComponent(key)}`,
    values.map(headerText),
  ]);
  return {
    'impersonate-user': headerText(user),
    ...(uid !== null && { 'impersonate-uid': headerText(uid) }),
    ...(groups.length > 0 && { 'impersonate-group': groups.map(headerText) }),
    ...Object.fromEntries(extras),
  };
}

/** A line end in it would begin another header. */
function headerText(text: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) return text;
  throw new KubeError(
    'KUBE_CONFIG_INVALID',
    'A token or name of this kubeconfig holds characters that cannot be sent.',
  );
}
