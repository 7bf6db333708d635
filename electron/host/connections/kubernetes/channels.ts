import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { KubeError } from './errors.ts';
import { boundedText } from './read-answer.ts';
import { cancelled, fromSocketError } from './socket-errors.ts';
import { fromAnswer } from './status.ts';
import type { RawRequest } from './types.ts';
import type { Wire } from './wire.ts';

const openMs = 30_000;
const pingMs = 15_000;
const mostWaiting = 1024 * 1024;
const mostFrame = 32 * 1024 * 1024;

export interface Frame {
  readonly channel: number;
  readonly data: Buffer;
}

export interface OpenChannels {
  readonly path: string;
  readonly query: RawRequest['query'];
  /** Which ways to speak are offered, the best one first. */
  readonly protocols: readonly string[];
  readonly signal: AbortSignal;
}

/** Several streams over one WebSocket, as exec and port-forward have them. Throws KubeError. */
export async function openChannels(wire: Wire, options: OpenChannels): Promise<Channels> {
  try {
    return await opened(wire, options);
  } catch (error) {
    const isRefused = error instanceof KubeError && error.status === 401;
    if (isRefused && wire.renew()) return await opened(wire, options);
    throw error;
  }
}

async function opened(wire: Wire, options: OpenChannels): Promise<Channels> {
  const signal = AbortSignal.any([options.signal, wire.closed]);
  const { url, agent, headers } = await wire.upgrading(options.path, options.query, signal);
  if (signal.aborted) throw cancelled(signal);
  const socket = new WebSocket(url, [...options.protocols], {
    agent,
    headers,
    handshakeTimeout: openMs,
    maxPayload: mostFrame,
    perMessageDeflate: false,
  });
  const channels = new Channels(socket, { where: wire.where, signal });
  await channels.opened();
  return channels;
}

/** What came over the socket, in order; reading slowly slows the other side down. */
export class Channels {
  readonly #socket: WebSocket;
  readonly #where: string;
  readonly #signal: AbortSignal;
  readonly #waiting: Frame[] = [];
  #waitingBytes = 0;
  #wake: () => void = () => {};
  #isOver = false;
  #error: KubeError | null = null;
  #pings: NodeJS.Timeout | undefined;
  readonly #onAbort = () => this.#fail(cancelled(this.#signal));

  constructor(socket: WebSocket, { where, signal }: { where: string; signal: AbortSignal }) {
    this.#socket = socket;
    this.#where = where;
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
    socket.on('message', (data: Buffer) => this.#take(data));
    socket.on('error', (error) => this.#fail(fromSocketError(error, where)));
    socket.on('close', () => this.#over());
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Why it ended before its time, if it did. */
  get error(): KubeError | null {
    return this.#error;
  }

  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.on('unexpected-response', (_, answer) => {
        void refusal(answer, this.#where, this.#signal).then((error) => this.#fail(error));
      });
      this.#socket.once('open', () => {
        this.#keepAlive();
        resolve();
      });
      this.#socket.once('close', () => {
        reject(
          this.#error ?? new KubeError('KUBE_UNREACHABLE', `${this.#where} ended it at once.`),
        );
      });
    });
  }

  send(channel: number, data: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const frame = Buffer.concat([Buffer.of(channel), data]);
      this.#socket.send(frame, (error) => {
        if (error) reject(this.#error ?? fromSocketError(error, this.#where));
        else resolve();
      });
    });
  }

  async *frames(): AsyncGenerator<Frame, void, void> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        this.#waitingBytes -= next.data.length;
        if (this.#waitingBytes < mostWaiting && this.#socket.isPaused) this.#socket.resume();
        yield next;
      } else if (this.#isOver) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  close(): void {
    this.#socket.resume();
    this.#socket.close();
    // The other side may never answer to that.
    setTimeout(() => this.#socket.terminate(), 2_000).unref();
  }

  #take(data: Buffer): void {
    const channel = data[0];
    if (channel === undefined) return;
    const rest = data.subarray(1);
    this.#waiting.push({ channel, data: rest });
    this.#waitingBytes += rest.length;
    if (this.#waitingBytes >= mostWaiting) this.#socket.pause();
    this.#wake();
  }

  /** A side that is gone does not answer to pings; while we do not read, neither can it. */
  #keepAlive(): void {
    let unanswered = 0;
    this.#socket.on('pong', () => (unanswered = 0));
    this.#pings = setInterval(() => {
      if (this.#socket.isPaused) return;
      unanswered += 1;
      if (unanswered > 3) {
        this.#fail(new KubeError('KUBE_UNREACHABLE', `${this.#where} says nothing any more.`));
      } else this.#socket.ping();
    }, pingMs).unref();
  }

  #fail(error: KubeError): void {
    this.#error ??= error;
    this.#socket.terminate();
    this.#over();
  }

  #over(): void {
    this.#isOver = true;
    clearInterval(this.#pings);
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#wake();
  }
}

async function refusal(
  answer: IncomingMessage,
  where: string,
  signal: AbortSignal,
): Promise<KubeError> {
  const status = answer.statusCode ?? 0;
  const options = { maxBytes: 64 * 1024, timeoutMs: 10_000, signal, cut: true };
  const body = await boundedText(answer, options).catch(() => '');
  return fromAnswer({ where, status, body, retryAfter: answer.headers['retry-after'] });
}
