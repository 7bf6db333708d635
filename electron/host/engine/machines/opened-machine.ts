import type { SshConnection } from '../../connections/ssh/index.ts';
import { waitForHeld } from './left-running.ts';
import type { Login } from './login.ts';
import type { HeldMachine, Machine, RunOptions, RunResult } from './machine.ts';
import { restart } from './restart.ts';
import { SshMachine } from './ssh-machine.ts';
import type { SudoPassword } from './sudo-password.ts';

const restartMs = 5 * 60_000;
const freshMs = 15_000;
const probeMs = 5_000;
/** A connection that died without a word is noticed by the first command on it. */
const mostProbes = 4;

export interface OpenedOptions {
  readonly name: string;
  readonly login: Login;
  readonly connection: SshConnection;
  readonly password: SudoPassword;
  /** Where it answers now, where that is not where its target leads. */
  readonly at?: string | undefined;
}

/** One machine that is connected. Nothing is locked. */
export class OpenedMachine implements Machine {
  readonly name: string;
  readonly user: string;
  readonly #options: OpenedOptions;
  #connection: SshConnection;
  #ssh: SshMachine;
  /** Where it has moved to. */
  #at: string | undefined;
  /** Keys that it was given meanwhile. */
  #givenKeys: readonly string[] = [];
  #isHeld = false;

  constructor(options: OpenedOptions) {
    const { name, connection, password } = options;
    this.name = name;
    this.user = connection.resolved.user;
    this.#options = options;
    this.#connection = connection;
    this.#at = options.at;
    this.#ssh = new SshMachine({ name, user: this.user, shell: connection, password });
  }

  /** After ssh configuration and defaults, and the key that it proved to be its own. */
  get reached(): Pick<SshConnection, 'resolved' | 'hostKey'> {
    const { resolved, hostKey } = this.#connection;
    return { resolved, hostKey };
  }

  get at(): string {
    return this.#connection.resolved.host;
  }

  /** For whoever holds its lock: lets what was begun before come to its end, and marks what comes now. */
  async beHeld(signal: AbortSignal): Promise<void> {
    await waitForHeld((script, options) => this.run(script, options), signal);
    this.#isHeld = true;
    this.#ssh.markAsHeld();
  }

  run(script: string, options: RunOptions): Promise<RunResult> {
    return this.#ssh.run(script, options);
  }

  readFile(...args: Parameters<Machine['readFile']>) {
    return this.#ssh.files.readFile(...args);
  }

  writeFile(...args: Parameters<Machine['writeFile']>) {
    return this.#ssh.files.writeFile(...args);
  }

  deleteFile(...args: Parameters<Machine['deleteFile']>) {
    return this.#ssh.files.deleteFile(...args);
  }

  bootId(signal: AbortSignal): Promise<string> {
    return this.#ssh.bootId(signal);
  }

  async reboot({ signal, timeoutMs = restartMs }: Parameters<Machine['reboot']>[0]): Promise<void> {
    await restart({
      name: this.name,
      run: (script, options) => this.run(script, options),
      runFresh: (script, ms) => this.#runFresh(script, { signal, timeoutMs: ms }),
      signal,
      timeoutMs,
    });
    await this.#reconnect(signal);
  }

  async freshLogin(options: Parameters<Machine['freshLogin']>[0]): Promise<void> {
    await this.#runFresh('true', { timeoutMs: freshMs, ...options });
  }

  async moveTo(options: Parameters<HeldMachine['moveTo']>[0]): Promise<void> {
    const { name, password } = this.#options;
    const connection = await this.#fresh({ timeoutMs: freshMs, ...options });
    const ssh = new SshMachine({ name, user: this.user, shell: connection, password });
    try {
      await ssh.run('true', { signal: options.signal, timeoutMs: connection.leftMs });
    } catch (error) {
      connection.release();
      throw error;
    }
    if (this.#isHeld) ssh.markAsHeld();
    this.#connection.release();
    [this.#connection, this.#ssh, this.#at] = [connection, ssh, options.at];
  }

  expectHostKeys(fingerprints: readonly string[]): void {
    this.#givenKeys = fingerprints;
  }

  /** Gives the connection back. */
  async release(): Promise<void> {
    this.#connection.release();
  }

  #fresh(options: {
    readonly signal: AbortSignal;
    readonly at?: string;
    readonly timeoutMs: number;
  }): Promise<SshConnection> {
    const { hostKey, resolved } = this.#connection;
    return this.#options.login.fresh(resolved, {
      ...options,
      at: options.at ?? this.#at,
      hostKey,
      givenKeys: this.#givenKeys,
    });
  }

  async #runFresh(
    script: string,
    options: { readonly signal: AbortSignal; readonly at?: string; readonly timeoutMs: number },
  ): Promise<string> {
    const { password } = this.#options;
    const fresh = await this.#fresh(options);
    try {
      const shell = new SshMachine({ name: this.name, user: this.user, shell: fresh, password });
      const { signal } = options;
      const { stdout } = await shell.run(script, { signal, timeoutMs: fresh.leftMs });
      return stdout.toString();
    } finally {
      fresh.release();
    }
  }

  async #reconnect(signal: AbortSignal): Promise<void> {
    for (let probe = 1; ; probe += 1) {
      try {
        await this.run('true', { signal, timeoutMs: probeMs });
        return;
      } catch (error) {
        if (probe >= mostProbes || signal.aborted) throw error;
      }
    }
  }
}
