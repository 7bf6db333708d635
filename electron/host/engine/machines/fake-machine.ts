import { randomUUID } from 'node:crypto';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type FakeEntry, FakeFiles } from './fake-files.ts';
import type { HeldMachine, RunOptions, RunResult } from './machine.ts';
import { OutputLines } from './output-lines.ts';
import { runEvidence } from './run-evidence.ts';

/** What a script of the fake prints and how it ends; a string is what it prints, ending with 0. */
export type FakeAnswer =
  | string
  | {
      readonly stdout?: string | Buffer;
      readonly stderr?: string | Buffer;
      readonly exitCode?: number;
    };

/** A script as it was asked for. */
export interface FakeScript {
  readonly script: string;
  readonly args: readonly string[];
  readonly root: boolean;
  readonly named: string | null;
}

type FakeReply = FakeAnswer | ((asked: FakeScript) => FakeAnswer | Promise<FakeAnswer>);

/** What can be made to fail; `*` is all of it. */
export type FakeDeed =
  | 'run'
  | 'readFile'
  | 'writeFile'
  | 'deleteFile'
  | 'bootId'
  | 'reboot'
  | 'freshLogin'
  | 'checkLock'
  | 'moveTo';

interface FakeFault {
  readonly deed: FakeDeed | '*';
  readonly error: Error;
  readonly when: 'before' | 'after';
  left: number;
}

export interface FakeMachineOptions {
  readonly name?: string;
  /** `root` by default. */
  readonly user?: string;
  /** By path: the text of a file of root, 0644, or a whole entry. */
  readonly files?: Readonly<Record<string, string | FakeEntry>>;
}

/**
 * A machine in memory, for unit tests: files are kept, scripts are answered as the test says. A script
 * that nobody answers is an error of the test. Held to the same contract as the real one.
 */
export class FakeMachine implements HeldMachine {
  readonly name: string;
  readonly user: string;
  readonly files: FakeFiles;
  /** Everything that was asked of it, in order: `run NAME`, `writeFile PATH`. */
  readonly deeds: string[] = [];
  readonly scripts: FakeScript[] = [];
  released = false;
  expectedHostKeys: readonly string[] = [];
  at = '192.0.2.1';
  #bootId: string = randomUUID();
  readonly #replies: { readonly match: string | RegExp; readonly reply: FakeReply }[] = [];
  readonly #faults: FakeFault[] = [];
  readonly #onReboot: (() => void)[] = [];

  constructor(options: FakeMachineOptions = {}) {
    this.name = options.name ?? 'fake-1';
    this.user = options.user ?? 'root';
    this.files = new FakeFiles(options.files ?? {});
  }

  /** `match`: how the script is named, or something in its text. What is said last counts. */
  answer(match: string | RegExp, reply: FakeReply): this {
    this.#replies.unshift({ match, reply });
    return this;
  }

  /** `after`: it is done, and its answer is lost. `times`: so many, then it is well. Default: for good. */
  fail(
    deed: FakeDeed | '*',
    error: Error = new RackhelmError('SSH_CONNECTION_LOST', 'The connection was lost.'),
    options: { readonly when?: 'before' | 'after'; readonly times?: number } = {},
  ): this {
    const { when = 'before', times = Number.POSITIVE_INFINITY } = options;
    this.#faults.push({ deed, error, when, left: times });
    return this;
  }

  /** All faults end. */
  mend(): this {
    this.#faults.length = 0;
    return this;
  }

  /** What a restart of this machine brings about. */
  onReboot(act: () => void): this {
    this.#onReboot.push(act);
    return this;
  }

  async run(script: string, options: RunOptions): Promise<RunResult> {
    const { args = [], root = false, named = null } = options;
    const asked: FakeScript = { script, args, root, named };
    return this.#do(
      'run',
      named ?? script.trim().split('\n')[0] ?? '',
      options.signal,
      async () => {
        this.scripts.push(asked);
        return this.#told(asked, options, await this.#replyTo(asked));
      },
    );
  }

  async readFile(path: string, { signal }: { readonly signal: AbortSignal }) {
    return this.#do('readFile', path, signal, () => this.files.read(path));
  }

  async writeFile(...[file, options]: Parameters<HeldMachine['writeFile']>): Promise<void> {
    await this.#do('writeFile', file.path, options.signal, () =>
      this.files.write(file, options.expect),
    );
  }

  async deleteFile(...[path, options]: Parameters<HeldMachine['deleteFile']>): Promise<void> {
    await this.#do('deleteFile', path, options.signal, () =>
      this.files.delete(path, options.expect),
    );
  }

  async bootId(signal: AbortSignal): Promise<string> {
    return this.#do('bootId', '', signal, () => this.#bootId);
  }

  async reboot({ signal }: { readonly signal: AbortSignal }): Promise<void> {
    await this.#do('reboot', '', signal, () => {
      this.#bootId = randomUUID();
      for (const act of this.#onReboot) act();
    });
  }

  async freshLogin({ signal, at }: { readonly signal: AbortSignal; readonly at?: string }) {
    await this.#do('freshLogin', at ?? '', signal, () => {});
  }

  async checkLock(signal: AbortSignal): Promise<void> {
    await this.#do('checkLock', '', signal, () => {});
  }

  async moveTo({ signal, at }: { readonly signal: AbortSignal; readonly at: string }) {
    await this.#do('moveTo', at, signal, () => {
      this.at = at;
    });
  }

  expectHostKeys(fingerprints: readonly string[]): void {
    this.expectedHostKeys = fingerprints;
  }

  async release(): Promise<void> {
    this.released = true;
  }

  async #do<T>(
    deed: FakeDeed,
    what: string,
    signal: AbortSignal,
    act: () => T | Promise<T>,
  ): Promise<T> {
    if (this.released) throw new TypeError('This machine was released already.');
    if (signal.aborted) throw new RackhelmError('SSH_CANCELLED', 'The connection was cancelled.');
    this.deeds.push(`${deed} ${what}`.trim());
    this.#mayFail(deed, 'before');
    const result = await act();
    this.#mayFail(deed, 'after');
    return result;
  }

  #mayFail(deed: FakeDeed, when: 'before' | 'after'): void {
    const fault = this.#faults.find(
      (one) => (one.deed === deed || one.deed === '*') && one.when === when && one.left > 0,
    );
    if (!fault) return;
    fault.left -= 1;
    throw fault.error;
  }

  async #replyTo(asked: FakeScript): Promise<FakeAnswer> {
    const found = this.#replies.find(({ match }) =>
      typeof match === 'string'
        ? asked.named === match || asked.script.includes(match)
        : match.test(asked.named ?? '') || match.test(asked.script),
    );
    if (!found) throw new Error(`No answer for this script was given:\n${asked.script}`);
    return typeof found.reply === 'function' ? found.reply(asked) : found.reply;
  }

  #told(asked: FakeScript, options: RunOptions, answer: FakeAnswer): RunResult {
    const {
      stdout = '',
      stderr = '',
      exitCode = 0,
    } = typeof answer === 'string' ? { stdout: answer } : answer;
    const [out, err] = [Buffer.from(stdout), Buffer.from(stderr)];
    for (const [stream, output] of [
      ['out', out],
      ['err', err],
    ] as const) {
      const lines = new OutputLines((line) => options.onLine?.(stream, line));
      lines.add(output);
      lines.end();
    }
    const evidence = runEvidence({
      script: asked.script,
      options,
      where: this.name,
      as: asked.root ? 'root' : this.user,
      at: Date.now(),
      durationMs: 0,
      stdout: out,
      stderr: err,
      exit: exitCode,
    });
    return { stdout: out, stderr: err, exitCode, signalName: null, evidence };
  }
}
