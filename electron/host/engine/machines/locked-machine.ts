import type { Heartbeat } from './heartbeat.ts';
import type { HeldMachine, Machine, RunOptions, RunResult } from './machine.ts';
import { type MachineFiles, machineFiles } from './machine-files.ts';
import type { MachineLock } from './machine-lock.ts';
import type { OpenedMachine } from './opened-machine.ts';

const releaseMs = 15_000;

/** A machine with its lock; everything that is done on it tells there that we are alive. */
export class LockedMachine implements HeldMachine {
  readonly #machine: OpenedMachine;
  readonly #lock: MachineLock;
  readonly #heartbeat: Heartbeat;
  readonly #files: MachineFiles;
  #released: Promise<void> | null = null;

  constructor(machine: OpenedMachine, lock: MachineLock, heartbeat: Heartbeat) {
    this.#machine = machine;
    this.#lock = lock;
    this.#heartbeat = heartbeat;
    this.#files = machineFiles((script, options) => machine.run(script, options), lock.fence);
  }

  get name(): string {
    return this.#machine.name;
  }

  get user(): string {
    return this.#machine.user;
  }

  get reached(): OpenedMachine['reached'] {
    return this.#machine.reached;
  }

  get at(): string {
    return this.#machine.at;
  }

  run(script: string, options: RunOptions): Promise<RunResult> {
    return this.#heartbeat.during(() => this.#machine.run(script, options));
  }

  readFile(...args: Parameters<Machine['readFile']>) {
    return this.#heartbeat.during(() => this.#files.readFile(...args));
  }

  writeFile(...args: Parameters<Machine['writeFile']>) {
    return this.#heartbeat.during(() => this.#files.writeFile(...args));
  }

  deleteFile(...args: Parameters<Machine['deleteFile']>) {
    return this.#heartbeat.during(() => this.#files.deleteFile(...args));
  }

  bootId(signal: AbortSignal): Promise<string> {
    return this.#heartbeat.during(() => this.#machine.bootId(signal));
  }

  async reboot(options: Parameters<Machine['reboot']>[0]): Promise<void> {
    await this.#heartbeat.during(() => this.#machine.reboot(options));
    await this.checkLock(options.signal);
  }

  freshLogin(...args: Parameters<Machine['freshLogin']>): Promise<void> {
    return this.#heartbeat.during(() => this.#machine.freshLogin(...args));
  }

  moveTo(...args: Parameters<HeldMachine['moveTo']>): Promise<void> {
    return this.#heartbeat.during(() => this.#machine.moveTo(...args));
  }

  expectHostKeys(fingerprints: readonly string[]): void {
    this.#machine.expectHostKeys(fingerprints);
  }

  checkLock(signal: AbortSignal): Promise<void> {
    return this.#heartbeat.check(signal);
  }

  release(): Promise<void> {
    this.#released ??= this.#giveBack();
    return this.#released;
  }

  async #giveBack(): Promise<void> {
    this.#heartbeat.stop();
    try {
      if (!this.#heartbeat.lost) await this.#lock.release(AbortSignal.timeout(releaseMs));
    } catch {
      // A machine that cannot be reached keeps the lock until it is stale.
    } finally {
      await this.#machine.release();
    }
  }
}
