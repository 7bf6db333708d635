import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { ClusterError } from './cluster-error.ts';

/** Ends what it starts when the process that started it is killed, which runs no clean-up. */
const leash = '/usr/bin/setpriv';

/** One program of a cluster, with a file for what it says. It may be ended and started again. */
export class Component {
  readonly name: string;
  readonly logFile: string;
  readonly #command: readonly [string, ...string[]];
  #child: ChildProcess | null = null;

  constructor(name: string, logFile: string, command: readonly [string, ...string[]]) {
    this.name = name;
    this.logFile = logFile;
    this.#command = command;
  }

  get pid(): number | null {
    return this.running ? (this.#child?.pid ?? null) : null;
  }

  get running(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  start(): void {
    if (this.running) return;
    const [program, ...args] = existsSync(leash)
      ? ([leash, '--pdeathsig', 'KILL', ...this.#command] as const)
      : this.#command;
    const log = openSync(this.logFile, 'a', 0o600);
    try {
      this.#child = spawn(program, args, { stdio: ['ignore', log, log] });
    } finally {
      closeSync(log);
    }
    // Without a listener it would end the test run; what waits for it says that it does not run.
    this.#child.on('error', () => {});
  }

  /**
   * Asks it to end and waits until it has let go of its port. The API server ends what it does at once
   * and then waits for its clients for a minute; it is killed before.
   */
  async stop(): Promise<void> {
    const giveUp = setTimeout(() => this.#signal('SIGKILL'), 3_000);
    this.thaw();
    await this.#end('SIGTERM');
    clearTimeout(giveUp);
  }

  /** As a loss of power ends it. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** It holds its connections and says nothing more. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** What it said last, for whoever wonders why it does not run. */
  lastWords(lines = 8): string {
    if (!existsSync(this.logFile)) return '';
    return readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-lines).join('\n');
  }

  mustRun(): void {
    if (this.running) return;
    throw new ClusterError(`${this.name} has ended:\n${this.lastWords()}`);
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.running) this.#child?.kill(signal);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (!this.running || !this.#child) return;
    const ended = once(this.#child, 'exit');
    this.#signal(signal);
    await ended;
  }
}
