import type { ClientChannel } from 'ssh2';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { cancelled, timedOut } from './errors.ts';
import type { Transport } from './transport.ts';
import type { ExecOptions, ExecResult } from './types.ts';

/** The server opened no session: it allows fewer at once, so the command waits for its turn. */
export class ChannelRefused extends Error {
  override readonly name = 'ChannelRefused';
}

export const defaultTimeoutMs = 15_000;
const defaultMaxOutputBytes = 8 * 1024 * 1024;
// After 10 s of silence a keepalive goes out (see pool.ts), which a live machine answers at once.
const unansweredKeepaliveMs = 12_000;

/** Runs one command on its own channel, without a terminal. See RemoteShell.exec. */
export function execOn(
  transport: Transport,
  command: string,
  options: ExecOptions,
): Promise<ExecResult> {
  return new Run(transport, options).start(command);
}

class Run {
  readonly #transport: Transport;
  readonly #options: ExecOptions;
  readonly #timeoutMs: number;
  readonly #startedAt = performance.now();
  readonly #cleanups: (() => void)[] = [];
  #settled = false;
  #channel: ClientChannel | null = null;
  #exit: { code: number | null; signal: string | null } | null = null;
  #resolve: (result: ExecResult) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(transport: Transport, options: ExecOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  }

  start(command: string): Promise<ExecResult> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#watch();
      if (this.#settled) return;
      this.#transport.exec(command, (error, channel) => {
        if (channel) this.#onOpen(channel);
        else this.#onRefused(error);
      });
    });
  }

  #watch(): void {
    const { signal } = this.#options;
    const onAbort = () => this.#fail(cancelled(signal));
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => this.#onTimeout(), this.#timeoutMs);
    this.#cleanups.push(
      () => signal.removeEventListener('abort', onAbort),
      () => clearTimeout(timer),
      this.#transport.onLost((error) => this.#fail(error)),
      this.#transport.expect(this.#options.maxOutputBytes ?? defaultMaxOutputBytes),
    );
  }

  #onTimeout(): void {
    const { receivedAt } = this.#transport;
    const silent =
      receivedAt < this.#startedAt || performance.now() - receivedAt > unansweredKeepaliveMs;
    this.#fail(
      timedOut(`${this.#transport.where} did not finish the command in time`, this.#timeoutMs, {
        hint: 'Check its load, its network, and whether the login profile of this user is slow.',
        data: { unfinished: !silent },
      }),
    );
    // The connection is as good as dead. Were it used again, the next command would wait for TCP to
    // send anew what was lost, many seconds after the machine is well.
    if (silent) this.#transport.close();
  }

  #onRefused(error: Error | undefined): void {
    if (!this.#transport.alive) this.#fail(this.#transport.lostError());
    else if (error && 'reason' in error) this.#fail(new ChannelRefused(error.message));
    else
      this.#fail(
        new RackhelmError(
          'SSH_NO_SHELL',
          `${this.#transport.where} refused to run a command for this user.`,
          { cause: error },
        ),
      );
  }

  #onOpen(channel: ClientChannel): void {
    this.#channel = channel;
    channel.on('error', () => {}); // Told again by 'close'; unheard it would end the process.
    if (this.#settled) {
      this.#endCommand();
      return;
    }
    const stdout = this.#collect(channel, 'out');
    const stderr = this.#collect(channel.stderr, 'err');
    channel.on('exit', (code: number | null, signal?: string) => {
      this.#exit = { code, signal: signal ?? null };
      this.#waitForTheRest(() => this.#onClose(stdout, stderr));
    });
    channel.on('close', () => this.#onClose(stdout, stderr));
    if (!this.#options.talks) channel.end(this.#options.stdin ?? '');
    else if (this.#options.stdin !== undefined) channel.write(this.#options.stdin);
  }

  #waitForTheRest(close: () => void): void {
    const { afterExitMs } = this.#options;
    if (afterExitMs === undefined || this.#settled) return;
    const timer = setTimeout(() => {
      close();
      this.#leaveChannel();
    }, afterExitMs);
    this.#cleanups.push(() => clearTimeout(timer));
  }

  #tell(stream: 'out' | 'err', chunk: Buffer): void {
    const channel = this.#channel;
    if (channel)
      this.#options.onOutput?.(stream, chunk, {
        write: (data) => channel.write(data),
        end: (data = '') => channel.end(data),
      });
  }

  #collect(stream: NodeJS.ReadableStream, which: 'out' | 'err'): Buffer[] {
    const what = which === 'out' ? 'output' : 'error output';
    const max = this.#options.maxOutputBytes ?? defaultMaxOutputBytes;
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      if (this.#settled) return;
      size += chunk.length;
      if (size <= max) {
        chunks.push(chunk);
        this.#tell(which, chunk);
      } else {
        this.#fail(this.#tooLarge(what, max));
        // Whatever prints without end goes on with it; reading on would cost more than connecting.
        this.#transport.close();
      }
    });
    return chunks;
  }

  #tooLarge(what: string, max: number): RackhelmError {
    return new RackhelmError(
      'SSH_OUTPUT_TOO_LARGE',
      `The ${what} of a command on ${this.#transport.where} is larger than ${max} bytes.`,
    );
  }

  #onClose(stdout: readonly Buffer[], stderr: readonly Buffer[]): void {
    if (this.#settled) return;
    // ssh2 closes the channels of a dead connection too.
    if (!this.#exit) {
      this.#fail(this.#transport.lostError());
      return;
    }
    this.#finish();
    this.#resolve({
      stdout: Buffer.concat(stdout),
      stderr: Buffer.concat(stderr),
      exitCode: this.#exit.signal === null ? this.#exit.code : null,
      signalName: this.#exit.signal,
    });
  }

  #fail(error: unknown): void {
    if (this.#settled) return;
    this.#finish();
    this.#endCommand();
    this.#reject(error);
  }

  #finish(): void {
    this.#settled = true;
    for (const cleanup of this.#cleanups) cleanup();
  }

  /** Closing a channel does not end what runs there, so it is told to go first. */
  #endCommand(): void {
    if (!this.#channel || !this.#transport.alive) return;
    this.#transport.terminate(this.#channel);
    this.#leaveChannel();
  }

  #leaveChannel(): void {
    if (!this.#channel || !this.#transport.alive) return;
    this.#channel.close();
    // What is still on its way is read and thrown away, or the channel would never close.
    this.#channel.resume();
    this.#channel.stderr.resume();
  }
}
