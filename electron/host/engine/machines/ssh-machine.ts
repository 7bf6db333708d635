import { randomBytes } from 'node:crypto';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { explainNoShell, isUnfinished, type RemoteShell } from '../../connections/ssh/index.ts';
import { endScript, heldMark } from './left-running.ts';
import { LiveOutput } from './live-output.ts';
import type { RunOptions, RunResult } from './machine.ts';
import { type MachineFiles, machineFiles } from './machine-files.ts';
import { RootShell } from './root-shell.ts';
import { calledAs, runEvidence } from './run-evidence.ts';
import { framed, readFramed } from './script-frame.ts';
import type { SudoPassword } from './sudo-password.ts';

const defaultTimeoutMs = 15_000;
/** What a script leaves in the background is not waited for longer than this. */
const afterExitMs = 1_000;
/** Of a command, in a message. */
const longestShown = 120;
/** For ending what was left running. */
const endingMs = 6_000;

export interface SshMachineOptions {
  readonly name: string;
  readonly user: string;
  readonly shell: RemoteShell;
  readonly password: SudoPassword;
}

/** Scripts and files on one machine, over a connection. */
export class SshMachine {
  readonly name: string;
  readonly user: string;
  readonly files: MachineFiles;
  readonly #root: RootShell;
  readonly #password: SudoPassword;
  #isHeld = false;

  constructor({ name, user, shell, password }: SshMachineOptions) {
    this.name = name;
    this.user = user;
    this.#password = password;
    this.#root = new RootShell(shell, name, password);
    this.files = machineFiles((script, options) => this.run(script, options));
  }

  /** From now on what runs belongs to whoever holds the machine; see `waitForHeld`. */
  markAsHeld(): void {
    this.#isHeld = true;
  }

  async run(script: string, options: RunOptions): Promise<RunResult> {
    const nonce = randomBytes(12).toString('hex');
    const at = Date.now();
    const began = performance.now();
    const result = await this.#exec(script, options, nonce);
    const own = readFramed(result, nonce);
    if (!own) throw explainNoShell(result) ?? this.#notOurs();
    const exitCode = own.exitCode ?? result.exitCode;
    const evidence = runEvidence({
      script,
      options,
      where: this.name,
      as: options.root ? 'root' : this.user,
      at,
      durationMs: performance.now() - began,
      stdout: own.stdout,
      stderr: own.stderr,
      exit: exitCode ?? result.signalName ?? 'ended',
    });
    const { signalName } = result;
    const said = this.#password.redacted(evidence.said);
    const { stdout, stderr } = own;
    return { stdout, stderr, exitCode, signalName, evidence: { ...evidence, said } };
  }

  async bootId(signal: AbortSignal): Promise<string> {
    const { stdout } = await this.run('cat /proc/sys/kernel/random/boot_id', { signal });
    const id = stdout.toString().trim();
    if (/^[0-9a-f-]{36}$/.test(id)) return id;
    throw new RackhelmError('SSH_OUTPUT_INVALID', `${this.name} does not tell its boot id.`, {
      hint: 'Only Linux machines tell one; check that /proc is mounted there.',
    });
  }

  async #exec(script: string, options: RunOptions, nonce: string) {
    const { signal, timeoutMs = defaultTimeoutMs, maxOutputBytes, onLine, root = false } = options;
    const live =
      onLine && new LiveOutput(nonce, (stream, line) => onLine(stream, this.#shown(line)));
    const mark = this.#isHeld ? `${heldMark}${nonce}` : nonce;
    const call = {
      nonce,
      mark,
      stdin: framed(script, options.args ?? [], nonce),
      options: {
        signal,
        timeoutMs,
        afterExitMs,
        ...(maxOutputBytes === undefined ? {} : { maxOutputBytes }),
        ...(live && {
          onOutput: (stream: 'out' | 'err', chunk: Buffer) => live.add(stream, chunk),
        }),
      },
    };
    try {
      return await (root ? this.#root.asRoot(call) : this.#root.asUser(call));
    } catch (error) {
      if (leavesSomethingRunning(error)) await this.#end(mark, root);
      throw isUnfinished(error) ? this.#unfinished(calledAs(script, options), error) : error;
    } finally {
      live?.end();
    }
  }

  #shown(line: string): string {
    return this.#password.redacted(line);
  }

  /** Ends a script and all that it started, on a channel of its own; as well as can be. */
  async #end(mark: string, root: boolean): Promise<void> {
    const options = { signal: AbortSignal.timeout(endingMs), timeoutMs: endingMs };
    const own = randomBytes(12).toString('hex');
    const call = { nonce: own, mark: own, stdin: framed(endScript, [mark], own), options };
    try {
      await (root ? this.#root.asRoot(call) : this.#root.asUser(call));
    } catch {
      // It is told that the script did not finish; whether it could be ended changes nothing.
    }
  }

  #unfinished(called: string, cause: RackhelmError): RackhelmError {
    const waited = / \(.*$/.exec(cause.message)?.[0] ?? '.';
    const shown = called.length > longestShown ? `${called.slice(0, longestShown)}…` : called;
    const message = `${this.name} did not finish "${shown}" in time${waited}`;
    return new RackhelmError(cause.code, message, { hint: cause.hint, data: cause.data, cause });
  }

  #notOurs(): RackhelmError {
    return new RackhelmError('SSH_OUTPUT_INVALID', `${this.name} did not run the script.`);
  }
}

function leavesSomethingRunning(error: unknown): boolean {
  return (
    error instanceof RackhelmError &&
    ['SSH_TIMEOUT', 'SSH_CANCELLED', 'SSH_OUTPUT_TOO_LARGE'].includes(error.code)
  );
}
