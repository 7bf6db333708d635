import type { Duplex } from 'node:stream';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { HostKeyStore } from '../../../../shared/model/host-keys.ts';
import { ourAlgorithms } from './algorithm-lists.ts';
import { AuthPlan } from './auth.ts';
import { cancelled, jumpFailed, notSsh, place, TooManyAuthFailures, timedOut } from './errors.ts';
import { type HandshakeOptions, handshake, type Stage } from './handshake.ts';
import type { HeldKey } from './held-key.ts';
import { describeHop, type Hop, hopKey } from './hop.ts';
import { HostKeyCheck } from './host-keys.ts';
import { findIdentities } from './identities.ts';
import type { SecretMemory } from './secret-memory.ts';
import type { ServerWords } from './server-words.ts';
import type { AttemptContext } from './shared-attempt.ts';
import type { Slots } from './slots.ts';
import { openSocket } from './socket.ts';
import type { Transport } from './transport.ts';

export interface EstablishDeps {
  readonly hostKeys: HostKeyStore;
  readonly recordKnown: boolean;
  readonly heldKeys: () => readonly HeldKey[];
  readonly memory: SecretMemory;
  readonly slots: Slots;
  readonly keepaliveMs: number;
  /** The connection to the jump host, which may have to be made first. */
  readonly openJump: (via: Hop, context: AttemptContext) => Promise<Transport>;
}

// Each connection tries up to MaxAuthTries keys (6 by default); nobody has more than this many.
const maxConnections = 6;
/** For somebody to find the key, the phone or the browser that is asked for. */
const elsewhereMs = 5 * 60_000;
/** Where nobody is there an agent that does not answer is passed over. */
const unattendedMs = 3000;
/** What takes no longer is nothing that a person does. */
const noticedMs = 700;

/** Dials a machine and logs in: through its jump hosts, with every question that it takes. */
export async function establish(
  hop: Hop,
  context: AttemptContext,
  deps: EstablishDeps,
): Promise<Transport> {
  const via = hop.via ? await deps.openJump(hop.via, context) : null;
  const release = await takeSlot(context, deps.slots);
  try {
    return await new Establishing(hop, via, context, deps).run();
  } finally {
    release();
  }
}

async function takeSlot(context: AttemptContext, slots: Slots): Promise<() => void> {
  const release = context.hold();
  try {
    return await slots.take(context.signal);
  } finally {
    release();
  }
}

class Establishing {
  readonly #hop: Hop;
  readonly #via: Transport | null;
  readonly #context: AttemptContext;
  readonly #deps: EstablishDeps;
  readonly #where: string;
  /** Whether a person was asked on this connection: servers do not wait for people forever. */
  #asked = false;
  #describeTimeout: ((ms: number) => RackhelmError) | null = null;
  readonly #banners: string[] = [];
  #stopWaiting: () => void = () => {};
  readonly #whenIn: (() => void)[] = [];

  constructor(hop: Hop, via: Transport | null, context: AttemptContext, deps: EstablishDeps) {
    this.#hop = hop;
    this.#via = via;
    this.#context = context;
    this.#deps = deps;
    this.#where = place(hop.host, hop.port);
  }

  async run(): Promise<Transport> {
    const { hop, check, plan } = await this.#prepare();
    for (let connection = 1; ; connection += 1) {
      this.#asked = false;
      try {
        const socket = await this.#dial();
        const transport = await handshake(socket, this.#options(hop, check, plan));
        for (const work of this.#whenIn) work();
        return transport;
      } catch (error) {
        const again = connection < maxConnections && !this.#context.signal.aborted;
        if (again && this.#worthAnother(error, plan)) continue;
        throw this.#final(error, plan);
      }
    }
  }

  async #prepare() {
    const hop = this.#hop;
    const { hostKeys, recordKnown } = this.#deps;
    const files = hop.knownHostsFiles;
    const { configured } = hop;
    for (const sentence of configured.notHonoured ?? []) this.#context.step('notice', sentence);
    const check = await HostKeyCheck.load(hop.keyName, files, hostKeys, {
      recordAs: recordKnown ? hop.addressName : null,
      formerName: hop.formerKeyName,
      strict: configured.strictHostKeys ?? 'ask',
      keepOrder: configured.hostKeysInOrder ?? false,
      onTaken: (sentence) => this.#context.step('notice', sentence),
      signal: this.#context.signal,
    });
    for (const { file, line, reason } of check.ignored)
      this.#context.step('host-key', `${file}${line ? `, line ${line}` : ''} ${reason}.`);
    const ask: AttemptContext['ask'] = (question) => this.#ask(question);
    const { memory } = this.#deps;
    const remarks: string[] = [];
    const { signal } = this.#context;
    const identities = await findIdentities(hop, {
      ask,
      memory,
      signal,
      heldKeys: this.#deps.heldKeys(),
      whenIn: (work) => this.#whenIn.push(work),
      hold: () => this.#context.hold(),
      elsewhere: (waitingFor, work) => this.#elsewhere(waitingFor, work),
      note: (text) => {
        remarks.push(text);
        this.#context.step('resolve', text);
      },
    });
    const memoryKey = hopKey(hop);
    const plan = new AuthPlan({ hop, identities, memory, memoryKey, ask, remarks });
    return { hop, check, plan };
  }

  async #ask(question: Parameters<AttemptContext['ask']>[0]) {
    try {
      return await this.#deps.slots.lend(() => this.#context.ask(question));
    } finally {
      this.#asked = true;
    }
  }

  /** What a person does elsewhere stops the clock, within bounds. */
  async #elsewhere<T>(waitingFor: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const context = this.#context;
    const [release, before] = [context.hold('attended'), this.#describeTimeout];
    this.#whenTimeRunsOut((ms) => timedOut(`Nothing came of waiting for ${waitingFor}`, ms));
    const nobody = new AbortController();
    const wait = context.attended ? elsewhereMs : unattendedMs;
    const bound = setTimeout(() => nobody.abort(new Error('nobody came')), wait);
    const tell = setTimeout(() => {
      this.#asked = true;
      context.step('wait', `Waiting for ${waitingFor}.`);
    }, noticedMs);
    try {
      return await work(AbortSignal.any([context.signal, nobody.signal]));
    } finally {
      clearTimeout(bound);
      clearTimeout(tell);
      if (before) this.#whenTimeRunsOut(before);
      release();
    }
  }

  #onBanner(text: string): void {
    // A connection that is made anew says the same again.
    if (this.#banners.includes(text)) return;
    this.#banners.push(text);
    this.#context.banner(this.#where, text);
    if (/https?:\/\//i.test(text)) this.#waitElsewhere();
  }

  /** Until the server answers, within bounds: it may wait for a sign-in, or for a tap on a phone. */
  #waitElsewhere(): void {
    this.#stopWaiting();
    const release = this.#context.hold('attended');
    const tell = setTimeout(() => {
      this.#asked = true;
      this.#context.step('wait', `${this.#where} waits, perhaps for a sign-in elsewhere.`);
    }, noticedMs);
    const bound = setTimeout(() => this.#stopWaiting(), elsewhereMs);
    this.#stopWaiting = () => {
      clearTimeout(tell);
      clearTimeout(bound);
      release();
    };
  }

  /** What the machine asked people to do belongs to why nothing came of it. */
  #withBanners(error: RackhelmError): RackhelmError {
    if (this.#banners.length === 0) return error;
    const asks = this.#banners.find((text) => /https?:\/\//i.test(text));
    const hint = asks ? 'Do what the machine asks for in its message, then try again.' : error.hint;
    const data = { ...error.data, banners: [...this.#banners] };
    return new RackhelmError(error.code, error.message, { hint, data, cause: error.cause });
  }

  #whenTimeRunsOut(describe: (ms: number) => RackhelmError): void {
    this.#describeTimeout = describe;
    this.#context.whenTimeRunsOut((ms) => this.#withBanners(describe(ms)));
  }

  async #dial(): Promise<Duplex> {
    const { host, port } = this.#hop;
    const through = this.#hop.via ? ` through ${describeHop(this.#hop.via)}` : '';
    this.#context.step('connect', `Connecting to ${this.#where}${through}.`);
    this.#whenTimeRunsOut((ms) => timedOut(`${this.#where} did not answer${through}`, ms));
    if (!this.#via) return openSocket(this.#hop, this.#context.signal);
    try {
      return await this.#via.forward(host, port, this.#context.signal);
    } catch (error) {
      if (this.#context.signal.aborted) throw cancelled(this.#context.signal);
      throw forwardFailed(this.#hop, error, this.#deps.memory.words);
    }
  }

  #options(hop: Hop, check: HostKeyCheck, plan: AuthPlan): HandshakeOptions {
    return {
      where: this.#where,
      user: hop.user,
      algorithms: {
        ...hop.configured.algorithms,
        hostKey: check.algorithms(
          hop.configured.algorithms?.hostKey ?? ourAlgorithms.hostKey.defaults,
        ),
      },
      verifyHostKey: (key) => {
        this.#context.step('host-key', `Checking the host key of ${this.#where}.`);
        return check.verify(key, (question) => this.#ask(question));
      },
      onHostKeyProven: () => check.proven(),
      plan,
      acceptedKeyAlgorithms: hop.configured.acceptedKeyAlgorithms,
      words: this.#deps.memory.words,
      onBanner: (text) => this.#onBanner(text),
      onAnswer: () => this.#stopWaiting(),
      onElsewhere: () => this.#waitElsewhere(),
      signal: this.#context.signal,
      onStage: (stage) => this.#onStage(stage),
      keepaliveMs: hop.configured.keepaliveMs ?? this.#deps.keepaliveMs,
      keepaliveCount: hop.configured.keepaliveCount ?? 3,
    };
  }

  #onStage(stage: Stage): void {
    const where = this.#where;
    const sentences: Record<Stage, string> = {
      greeting: `${where} took the connection and said nothing`,
      drip: `${where} did not finish its greeting`,
      babble: '',
      'key-exchange': `${where} stopped answering while keys were agreed on`,
      authenticate: `${where} stopped answering during the login`,
    };
    this.#whenTimeRunsOut((ms) =>
      stage === 'babble'
        ? notSsh(where, 'sends lines that are no SSH greeting')
        : timedOut(sentences[stage], ms),
    );
    if (stage === 'authenticate')
      this.#context.step('authenticate', `Logging in to ${where} as ${this.#hop.user}.`);
  }

  #worthAnother(error: unknown, plan: AuthPlan): boolean {
    if (error instanceof TooManyAuthFailures) return plan.progressed;
    const lost = error instanceof RackhelmError && error.code === 'SSH_CONNECTION_LOST';
    if (!lost || !this.#asked) return false;
    plan.repeatLast();
    return true;
  }

  #final(error: unknown, plan: AuthPlan): unknown {
    return error instanceof TooManyAuthFailures ? plan.failed(error) : error;
  }
}

/** The jump host says whether the next machine refused, is unknown, or may not be reached. */
function forwardFailed(hop: Hop, error: unknown, words: ServerWords): RackhelmError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const told = cause.message.replace(/^\(SSH\) Channel open failure:\s*/, '');
  const said = words.harmless(told, 200).replace(/\s+/g, ' ');
  // SSH_OPEN_ADMINISTRATIVELY_PROHIBITED (RFC 4254, 5.1), which sshd words as "open failed".
  const prohibited = 'reason' in cause && cause.reason === 1;
  const reason = prohibited ? 'forwarding is prohibited there' : said || 'no reason given';
  const via = hop.via ? describeHop(hop.via) : '';
  return jumpFailed(
    via,
    new RackhelmError(
      codeOfForward(reason),
      `it could not connect to ${place(hop.host, hop.port)}: ${reason}.`,
      said === told ? { cause } : {},
    ),
  );
}

function codeOfForward(reason: string) {
  if (/refused/i.test(reason)) return 'SSH_REFUSED';
  if (/name|resolve|temporary failure/i.test(reason)) return 'SSH_HOST_UNKNOWN';
  if (/unreachable|no route/i.test(reason)) return 'SSH_UNREACHABLE';
  if (/timed out/i.test(reason)) return 'SSH_TIMEOUT';
  return 'SSH_CONNECTION_LOST';
}
