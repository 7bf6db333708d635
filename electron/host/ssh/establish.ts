import type { Duplex } from 'node:stream';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { ourAlgorithms } from './algorithm-lists.ts';
import { AuthPlan } from './auth.ts';
import { cancelled, jumpFailed, notSsh, place, TooManyAuthFailures, timedOut } from './errors.ts';
import { type HandshakeOptions, handshake, type Stage } from './handshake.ts';
import { describeHop, type Hop, hopKey } from './hop.ts';
import { HostKeyCheck } from './host-keys.ts';
import { findIdentities } from './identities.ts';
import type { SecretMemory } from './secret-memory.ts';
import type { AttemptContext } from './shared-attempt.ts';
import type { Slots } from './slots.ts';
import { openSocket } from './socket.ts';
import type { Transport } from './transport.ts';
import type { HostKeyStore } from './types.ts';

export interface EstablishDeps {
  readonly hostKeys: HostKeyStore;
  readonly recordKnown: boolean;
  readonly memory: SecretMemory;
  readonly slots: Slots;
  readonly keepaliveMs: number;
  /** The connection to the jump host, which may have to be made first. */
  readonly openJump: (via: Hop, context: AttemptContext) => Promise<Transport>;
}

// Each connection tries up to MaxAuthTries keys (6 by default); nobody has more than this many.
const maxConnections = 6;

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
        return await handshake(socket, this.#options(hop, check, plan));
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
      strict: configured.strictHostKeys ?? 'ask',
      keepOrder: configured.hostKeysInOrder ?? false,
      onTaken: (sentence) => this.#context.step('notice', sentence),
      signal: this.#context.signal,
    });
    for (const { file, line, reason } of check.ignored)
      this.#context.step('host-key', `${file}${line ? `, line ${line}` : ''} ${reason}.`);
    const ask: AttemptContext['ask'] = (question) => this.#ask(question);
    const identities = await findIdentities(hop, {
      ask,
      memory: this.#deps.memory,
      hold: () => this.#context.hold(),
      note: (text) => this.#context.step('resolve', text),
    });
    const { memory } = this.#deps;
    const plan = new AuthPlan({ hop, identities, memory, memoryKey: hopKey(hop), ask });
    return { hop, check, plan };
  }

  async #ask(question: Parameters<AttemptContext['ask']>[0]) {
    try {
      return await this.#deps.slots.lend(() => this.#context.ask(question));
    } finally {
      this.#asked = true;
    }
  }

  async #dial(): Promise<Duplex> {
    const { host, port } = this.#hop;
    const through = this.#hop.via ? ` through ${describeHop(this.#hop.via)}` : '';
    this.#context.step('connect', `Connecting to ${this.#where}${through}.`);
    this.#context.whenTimeRunsOut((ms) => timedOut(`${this.#where} did not answer${through}`, ms));
    if (!this.#via) return openSocket(this.#hop, this.#context.signal);
    try {
      return await this.#via.forward(host, port, this.#context.signal);
    } catch (error) {
      if (this.#context.signal.aborted) throw cancelled(this.#context.signal);
      throw forwardFailed(this.#hop, error);
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
    this.#context.whenTimeRunsOut((ms) =>
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
function forwardFailed(hop: Hop, error: unknown): RackhelmError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const said = cause.message.replace(/^\(SSH\) Channel open failure:\s*/, '');
  // SSH_OPEN_ADMINISTRATIVELY_PROHIBITED (RFC 4254, 5.1), which sshd words as "open failed".
  const prohibited = 'reason' in cause && cause.reason === 1;
  const reason = prohibited ? 'forwarding is prohibited there' : said || 'no reason given';
  const via = hop.via ? describeHop(hop.via) : '';
  return jumpFailed(
    via,
    new RackhelmError(
      codeOfForward(reason),
      `it could not connect to ${place(hop.host, hop.port)}: ${reason}.`,
      { cause },
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
