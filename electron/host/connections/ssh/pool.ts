import type { Duplex } from 'node:stream';
import type { SFTPWrapper } from 'ssh2';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { cancelled, timedOut } from './errors.ts';
import { defaultTimeoutMs } from './exec.ts';
import { fingerprints, keyType } from './fingerprints.ts';
import { existingFiles } from './foreign-file.ts';
import type { ForwardTarget } from './forward-target.ts';
import { type Hop, hopKey, jumpChain, movedHop } from './hop.ts';
import { Machine } from './machine.ts';
import { resolveTarget } from './resolve.ts';
import { SecretMemory } from './secret-memory.ts';
import type { Participant } from './shared-attempt.ts';
import {
  beginSftp,
  beginShell,
  type ShellChannel,
  type ShellOptions,
  shellOn,
} from './shell-channel.ts';
import { Slots } from './slots.ts';
import type { Transport } from './transport.ts';
import type {
  ConnectOptions,
  ExecOptions,
  ExecResult,
  ResolvedTarget,
  SshConnection,
  SshPool,
  SshPoolOptions,
} from './types.ts';

const defaultIdleMs = 60_000;
const keepaliveMs = 10_000;

/** One authenticated connection per machine, user and way there; many commands on each. */
export function createSshPool(options: SshPoolOptions): SshPool {
  return new Pool(options);
}

class Pool implements SshPool {
  readonly #options: SshPoolOptions;
  readonly #machines = new Map<string, Machine>();
  readonly #fresh = new Set<Machine>();
  readonly #memory = new SecretMemory();
  readonly #slots: Slots;

  constructor(options: SshPoolOptions) {
    this.#options = options;
    this.#slots = new Slots(options.maxConcurrentConnects ?? 16);
  }

  async connect(target: SshTarget, options: ConnectOptions): Promise<SshConnection> {
    if (options.signal.aborted) throw cancelled(options.signal);
    const { hop, resolved, spentMs: readMs } = await this.#resolve(target, options);
    options.onStep?.('resolve', whereTo(resolved));
    const machine = options.fresh ? this.#alone(hop) : this.#machineFor(hop);
    const release = machine.use();
    // A ConnectTimeout may give connecting less than the default; what comes after keeps its time.
    const wholeMs = options.timeoutMs ?? Math.max(hop.timeoutMs ?? 0, defaultTimeoutMs);
    const connectMs = options.timeoutMs ?? hop.timeoutMs ?? defaultTimeoutMs;
    const participant: Participant = {
      ask: options.ask,
      signal: options.signal,
      onStep: options.onStep ?? (() => {}),
      ...(options.onBanner ? { onBanner: options.onBanner } : {}),
      timeoutMs: Math.max(1, connectMs - readMs),
      attended: options.attended ?? true,
    };
    try {
      const { spentMs, value } = await machine.connected(participant);
      return new Lease(machine, resolved, {
        hostKey: value.hostKey,
        ask: options.ask,
        attended: options.attended ?? true,
        release,
        leftMs: Math.max(1, wholeMs - readMs - spentMs),
      });
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Reads the configuration within the time of the attempt: its files may lie on a mount that hangs. */
  async #resolve(target: SshTarget, options: ConnectOptions) {
    const { signal, timeoutMs = defaultTimeoutMs, at, onlyKey } = options;
    const began = performance.now();
    const late = new AbortController();
    const error = () => timedOut('The ssh configuration could not be read in time', timeoutMs);
    const timer = setTimeout(() => late.abort(error()), timeoutMs);
    const either = AbortSignal.any([signal, late.signal]);
    try {
      const named = await resolveTarget(target, { ...this.#options, signal: either });
      const found = at === undefined ? named : movedHop(named, at);
      const authMethods: SshPoolOptions['authMethods'] =
        onlyKey === undefined ? this.#options.authMethods : ['publickey'];
      const hop = {
        ...found,
        ...(authMethods && { configured: { ...found.configured, authMethods } }),
        ...(onlyKey !== undefined && { onlyKey: onlyKey.split(' ')[1] ?? '' }),
      };
      const resolved = await describe(hop, target, either);
      return { hop, resolved, spentMs: Math.round(performance.now() - began) };
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    const machines = [...this.#machines.values(), ...this.#fresh];
    this.#machines.clear();
    this.#fresh.clear();
    this.#memory.clear();
    for (const machine of machines) machine.close();
  }

  #machineFor(hop: Hop): Machine {
    const key = hopKey(hop);
    const existing = this.#machines.get(key);
    if (existing) return existing;
    const machine = this.#newMachine(hop, this.#options.idleMs ?? defaultIdleMs, (idle) => {
      if (this.#machines.get(key) === idle) this.#machines.delete(key);
      this.#memory.forgetPassword(key);
    });
    this.#machines.set(key, machine);
    return machine;
  }

  /** Nobody shares it; the machines on the way there are shared. */
  #alone(hop: Hop): Machine {
    const machine = this.#newMachine(hop, 0, (idle) => this.#fresh.delete(idle));
    this.#fresh.add(machine);
    return machine;
  }

  #newMachine(hop: Hop, idleMs: number, onIdle: (machine: Machine) => void): Machine {
    return new Machine(hop, {
      hostKeys: this.#options.hostKeys,
      recordKnown: this.#options.recordKnown ?? false,
      heldKeys: this.#options.heldKeys ?? (() => []),
      memory: this.#memory,
      slots: this.#slots,
      keepaliveMs,
      idleMs,
      machineFor: (via) => this.#machineFor(via),
      onIdle,
    });
  }
}

/** What a caller holds of a machine. */
class Lease implements SshConnection {
  readonly resolved: ResolvedTarget;
  readonly leftMs: number;
  readonly hostKey?: { readonly type: string; readonly sha256: string };
  readonly #machine: Machine;
  readonly #ask: ConnectOptions['ask'];
  readonly #attended: boolean;
  readonly #release: () => void;
  #released = false;

  constructor(
    machine: Machine,
    resolved: ResolvedTarget,
    held: {
      readonly ask: ConnectOptions['ask'];
      readonly attended: boolean;
      readonly release: () => void;
      readonly leftMs: number;
      readonly hostKey: Buffer | null;
    },
  ) {
    this.#machine = machine;
    this.resolved = resolved;
    this.#ask = held.ask;
    this.#attended = held.attended;
    this.#release = held.release;
    this.leftMs = held.leftMs;
    if (held.hostKey) {
      const { sha256 } = fingerprints(held.hostKey);
      this.hostKey = { type: keyType(held.hostKey), sha256 };
    }
  }

  async exec(command: string, options: ExecOptions): Promise<ExecResult> {
    const asking = this.#asking(options.signal);
    const { timeoutMs = asking.timeoutMs } = options;
    return this.#machine.exec(command, options, { ...asking, timeoutMs });
  }

  async forward(to: ForwardTarget, signal: AbortSignal): Promise<Duplex> {
    return this.#machine.forward(to, this.#asking(signal));
  }

  async shell(options: ShellOptions): Promise<ShellChannel> {
    const { signal } = options;
    const begin = (transport: Transport) => beginShell(transport, options);
    const { channel, transport } = await this.#machine.session(begin, this.#asking(signal));
    return shellOn(channel, transport, options);
  }

  async sftp(signal: AbortSignal): Promise<SFTPWrapper> {
    const begin = (transport: Transport) => beginSftp(transport, signal);
    return (await this.#machine.session(begin, this.#asking(signal))).channel;
  }

  #asking(signal: AbortSignal): Participant {
    if (this.#released) throw new TypeError('This connection was given back already.');
    const [ask, attended] = [this.#ask, this.#attended];
    return { ask, attended, signal, onStep: () => {}, timeoutMs: defaultTimeoutMs };
  }

  release(): void {
    this.#released = true;
    this.#release();
  }
}

async function describe(hop: Hop, asked: SshTarget, signal: AbortSignal): Promise<ResolvedTarget> {
  const named = hop.namedIdentity === null ? [] : [hop.namedIdentity];
  const configured = hop.identitiesConfigured ? hop.identityFiles : [];
  return {
    host: hop.host,
    port: hop.port,
    user: hop.user,
    identityFiles: [...new Set([...named, ...(await existingFiles(configured, signal))])],
    jump: jumpChain(hop),
    asked,
  };
}

function whereTo({ user, host, port, jump, asked }: ResolvedTarget): string {
  const through = jump.length > 0 ? ` through ${jump.join(', ')}` : '';
  const where = host === asked.host ? host : `${asked.host} at ${host}`;
  return `Using ${user} on ${where}, port ${port}${through}.`;
}
