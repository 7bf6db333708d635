import type { Duplex } from 'node:stream';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { forwardRefused, jumpFailed } from './errors.ts';
import { type EstablishDeps, establish } from './establish.ts';
import { ChannelRefused, execOn } from './exec.ts';
import type { ForwardTarget } from './forward-target.ts';
import { describeHop, type Hop } from './hop.ts';
import { pause } from './pause.ts';
import { SessionSlots } from './session-slots.ts';
import {
  type AttemptContext,
  type Joined,
  type Participant,
  SharedAttempt,
} from './shared-attempt.ts';
import type { Transport } from './transport.ts';
import type { ExecOptions, ExecResult } from './types.ts';

export interface MachineDeps extends Omit<EstablishDeps, 'openJump'> {
  readonly idleMs: number;
  /** The entry of the pool for a jump host. */
  readonly machineFor: (hop: Hop) => Machine;
  /** Nobody uses this machine any more. */
  readonly onIdle: (machine: Machine) => void;
}

// The waits before each further try to reach a machine that was connected before.
const backoffMs = [0, 250, 1000, 3000];
// A server that ends each connection right after the login is not asked forever.
const maxLostInARow = 2;
/** A terminal does not wait for what others run there. */
const sessionWaitMs = 4_000;
const worthRetrying = new Set([
  'SSH_CONNECTION_LOST',
  'SSH_REFUSED',
  'SSH_UNREACHABLE',
  'SSH_JUMP_FAILED',
]);

/** One machine in the pool: its connection, who uses it, and how it comes back when it drops. */
export class Machine {
  readonly hop: Hop;
  readonly #deps: MachineDeps;
  #transport: Transport | null = null;
  #attempt: SharedAttempt<Transport> | null = null;
  #wasConnected = false;
  #closed = false;
  #uses = 0;
  #idleTimer: NodeJS.Timeout | undefined;
  /** The jump host stays in use for as long as this connection stands. */
  #releaseJump: (() => void) | null = null;
  readonly #sessions = new SessionSlots();

  constructor(hop: Hop, deps: MachineDeps) {
    this.hop = hop;
    this.#deps = deps;
  }

  /** Keeps the machine in the pool until the returned function is called. */
  use(): () => void {
    this.#uses += 1;
    clearTimeout(this.#idleTimer);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#uses -= 1;
      if (this.#uses === 0) this.#startIdle();
    };
  }

  /** The connection that stands, or a new one; callers at the same time share the attempt. */
  async connected(participant: Participant): Promise<Joined<Transport>> {
    if (this.#closed) throw closedMeanwhile();
    if (this.#transport?.alive) return { value: this.#transport, spentMs: 0 };
    if (!this.#attempt || this.#attempt.abandoned) this.#attempt = this.#newAttempt();
    return this.#attempt.join(participant);
  }

  timeoutError(ms: number): RackhelmError | null {
    return this.#attempt?.timeoutError(ms) ?? null;
  }

  /**
   * Runs a command on a connection with room for it; reconnects when it dropped meanwhile, in the
   * time of the participant, of which the command has what is left.
   */
  async exec(command: string, options: ExecOptions, participant: Participant): Promise<ExecResult> {
    let lost = 0;
    let leftMs = participant.timeoutMs;
    for (;;) {
      const { value: transport, spentMs } = await this.connected({
        ...participant,
        timeoutMs: leftMs,
      });
      leftMs = Math.max(1, leftMs - spentMs);
      const release = await this.#sessions.take(transport, options.signal);
      try {
        if (!transport.alive) {
          lost += 1;
          if (lost > maxLostInARow) throw transport.lostError();
          continue;
        }
        const result = await execOn(transport, command, { ...options, timeoutMs: leftMs });
        this.#sessions.opened(transport);
        return result;
      } catch (error) {
        if (!(error instanceof ChannelRefused)) throw error;
        await this.#sessions.refused(transport, options.signal);
      } finally {
        release();
      }
    }
  }

  /**
   * A channel that keeps its place among the sessions until it closes. Throws SSH_NO_SHELL where the
   * machine has no room for one more within a few seconds.
   */
  async session<T extends { once(event: 'close', listener: () => void): unknown }>(
    begin: (transport: Transport) => Promise<T>,
    participant: Participant,
  ): Promise<{ readonly channel: T; readonly transport: Transport }> {
    const { value: transport } = await this.connected(participant);
    const late = AbortSignal.timeout(sessionWaitMs);
    const release = await this.#sessions
      .take(transport, AbortSignal.any([participant.signal, late]))
      .catch((error: unknown) => {
        throw late.aborted ? noRoom(transport.where) : error;
      });
    try {
      const channel = await begin(transport);
      channel.once('close', release);
      this.#sessions.opened(transport);
      return { channel, transport };
    } catch (error) {
      release();
      if (participant.signal.aborted || !transport.alive || error instanceof RackhelmError)
        throw error;
      throw noRoom(transport.where, error);
    }
  }

  /** A stream to somewhere behind it; reconnects first where that is needed. */
  async forward(to: ForwardTarget, participant: Participant): Promise<Duplex> {
    const { value: transport } = await this.connected(participant);
    try {
      return 'socketPath' in to
        ? await transport.forwardSocket(to.socketPath, participant.signal)
        : await transport.forward(to.host, to.port, participant.signal);
    } catch (error) {
      throw forwardRefused(transport.where, to, error);
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#idleTimer);
    this.#attempt?.cancel(closedMeanwhile());
    this.#transport?.close();
    this.#releaseJump?.();
    this.#releaseJump = null;
  }

  #startIdle(): void {
    if (this.#closed) return;
    // One that was never reached has nothing to keep.
    const wait = this.#transport ? this.#deps.idleMs : 0;
    this.#idleTimer = setTimeout(() => {
      this.close();
      this.#deps.onIdle(this);
    }, wait);
  }

  #newAttempt(): SharedAttempt<Transport> {
    const attempt = new SharedAttempt<Transport>(async (context) => {
      try {
        const transport = await this.#establishWithBackoff(context);
        return this.#adopt(transport, context);
      } finally {
        if (this.#attempt === attempt) this.#attempt = null;
      }
    });
    return attempt;
  }

  #adopt(transport: Transport, context: AttemptContext): Transport {
    if (this.#closed || context.signal.aborted) {
      transport.close();
      throw new RackhelmError('SSH_CANCELLED', 'The connection was cancelled.');
    }
    this.#transport = transport;
    this.#wasConnected = true;
    transport.onLost(() => {
      if (this.#transport === transport) this.#transport = null;
    });
    return transport;
  }

  /** A first connection fails at once; one that was there before is worth some patience. */
  async #establishWithBackoff(context: AttemptContext): Promise<Transport> {
    const waits = this.#wasConnected ? backoffMs : [0];
    for (const [index, wait] of waits.entries()) {
      await pause(wait, context.signal);
      try {
        return await this.#establish(context);
      } catch (error) {
        const retry = error instanceof RackhelmError && worthRetrying.has(error.code);
        if (!retry || index === waits.length - 1) throw error;
      }
    }
    throw new RackhelmError('INTERNAL', 'No connection was tried.');
  }

  #establish(context: AttemptContext): Promise<Transport> {
    return establish(this.hop, context, {
      ...this.#deps,
      openJump: (via, inner) => this.#openJump(via, inner),
    });
  }

  async #openJump(via: Hop, context: AttemptContext): Promise<Transport> {
    const jump = this.#deps.machineFor(via);
    this.#releaseJump?.();
    this.#releaseJump = jump.use();
    const name = describeHop(via);
    context.whenTimeRunsOut((ms) => {
      const inner = jump.timeoutError(ms);
      return inner?.code === 'SSH_JUMP_FAILED' ? inner : jumpFailed(name, inner);
    });
    try {
      const { value } = await jump.connected({
        ask: (question) => context.ask(question),
        signal: context.signal,
        onStep: (step, text) => context.step(step, text),
        onBanner: (host, text) => context.banner(host, text),
        timeoutMs: Number.POSITIVE_INFINITY,
        hold: (whose) => context.hold(whose),
        attended: context.attended,
      });
      return value;
    } catch (error) {
      throw isOwnFailure(error) ? error : jumpFailed(name, error);
    }
  }
}

function noRoom(where: string, cause?: unknown): RackhelmError {
  return new RackhelmError('SSH_NO_SHELL', `${where} opens no further session for this user.`, {
    hint: 'Check MaxSessions, ForceCommand and Subsystem in its sshd_config.',
    cause,
  });
}

function closedMeanwhile(): RackhelmError {
  return new RackhelmError('SSH_CANCELLED', 'The connections were closed meanwhile.');
}

/** The person's own decision, or a hop further out that was named already, stays as it is. */
function isOwnFailure(error: unknown): boolean {
  return (
    error instanceof RackhelmError &&
    (error.code === 'SSH_CANCELLED' || error.code === 'SSH_JUMP_FAILED')
  );
}
