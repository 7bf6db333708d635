import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { cancelled, connectionLost } from './errors.ts';
import { signalChannel } from './ssh2-internals.ts';
import { countPackets, Traffic } from './traffic.ts';

/** What all channels have, those for files too. */
interface Channel {
  once(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}

type Opened<T> = (error: Error | undefined, channel?: T) => void;

/** An authenticated connection: the only thing above the handshake that touches ssh2's client. */
export class Transport {
  readonly where: string;
  /** The key that the machine proved to be its own; set once it is logged in to. */
  hostKey: Buffer | null = null;
  readonly #client: Client;
  readonly #socket: Duplex;
  /** For the login, which the connection's end alone would not tell why. */
  onCutOff: ((error: Error) => void) | undefined;
  #lostBecause: Error | null = null;
  #ended = false;
  readonly #onLost = new Set<(error: Error) => void>();
  #receivedAt = performance.now();
  readonly #traffic = new Traffic(() => this.#cutOff());

  constructor(client: Client, socket: Duplex, where: string) {
    this.#client = client;
    this.#socket = socket;
    this.where = where;
    // These stay for good: an error of ssh2 that nobody hears would end the process.
    client.on('error', (error) => {
      if ('level' in error && error.level === 'agent') return;
      this.#lost(error);
    });
    client.on('close', () => this.#lost());
    client.on('end', () => this.#lost());
    client.on('handshake', () => this.#traffic.renewed());
    socket.on('data', (chunk: Buffer) => {
      this.#receivedAt = performance.now();
      this.#traffic.received(chunk.length, 0);
    });
  }

  /** To be called once the client has begun to speak. */
  watchPackets(): void {
    countPackets(this.#client, () => this.#traffic.received(0, 1));
  }

  /** Lets a command print so much until the returned function is called; see Traffic. */
  expect(bytes: number): () => void {
    return this.#traffic.expect(bytes);
  }

  get alive(): boolean {
    return !this.#ended;
  }

  /** When something came from the machine last, on performance.now()'s scale. */
  get receivedAt(): number {
    return this.#receivedAt;
  }

  lostError(): Error {
    if (this.#lostBecause instanceof RackhelmError) return this.#lostBecause;
    return connectionLost(this.where, this.#lostBecause ?? undefined);
  }

  /** Tells once when the connection ends. Returns how to stop listening. */
  onLost(listener: (error: Error) => void): () => void {
    if (this.#ended) queueMicrotask(() => listener(this.lostError()));
    else this.#onLost.add(listener);
    return () => this.#onLost.delete(listener);
  }

  exec(command: string, callback: (error: Error | undefined, channel?: ClientChannel) => void) {
    this.#guarded(callback, () => this.#client.exec(command, callback));
  }

  /** Sends SIGTERM to what runs on a channel. sshd before 9.9 does not pass it on to root's. */
  terminate(channel: ClientChannel): void {
    this.#guarded(
      () => {},
      () => signalChannel(this.#client, channel, 'TERM'),
    );
  }

  /** A stream to a host and port as seen from that machine. */
  forward(host: string, port: number, signal: AbortSignal): Promise<ClientChannel> {
    return this.#channel(signal, (done) =>
      this.#client.forwardOut('127.0.0.1', 0, host, port, done),
    );
  }

  /** A stream to a socket in the file system of that machine; its sshd has to be OpenSSH's. */
  forwardSocket(socketPath: string, signal: AbortSignal): Promise<ClientChannel> {
    return this.#channel(signal, (done) =>
      this.#client.openssh_forwardOutStreamLocal(socketPath, done),
    );
  }

  /** A channel of the kind that `open` asks for. */
  session<T extends Channel>(
    signal: AbortSignal,
    open: (client: Client, done: Opened<T>) => void,
  ): Promise<T> {
    return this.#channel(signal, (done) => open(this.#client, done));
  }

  #channel<T extends Channel>(signal: AbortSignal, open: (done: Opened<T>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const done = () => {
        stop();
        signal.removeEventListener('abort', onAbort);
      };
      const fail = (error: Error) => {
        done();
        reject(error);
      };
      const onAbort = () => fail(cancelled(signal));
      const stop = this.onLost(fail);
      const streamEnded = this.#traffic.stream();
      signal.addEventListener('abort', onAbort, { once: true });
      this.#guarded(fail, () =>
        open((error, channel) => {
          done();
          channel?.once('close', streamEnded);
          if (!channel) {
            streamEnded();
            reject(error ?? this.lostError());
          } else if (signal.aborted) channel.destroy();
          else resolve(channel);
        }),
      );
    });
  }

  close(): void {
    if (this.#ended) return;
    this.#guarded(
      () => {},
      () => this.#client.end(),
    );
    this.#lost();
    // A machine that is gone never closes its half.
    this.#socket.destroy();
  }

  #cutOff(): void {
    if (this.#ended) return;
    const { where } = this;
    const message = `${where} was cut off: it keeps sending what nobody asked for.`;
    const hint = 'Check what runs there on this port, and the log of its sshd.';
    const error = new RackhelmError('SSH_CONNECTION_LOST', message, { hint });
    this.#lost(error);
    this.onCutOff?.(error);
  }

  #lost(cause?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#lostBecause = cause ?? null;
    this.#socket.destroy();
    for (const listener of [...this.#onLost]) listener(this.lostError());
    this.#onLost.clear();
  }

  #guarded(callback: (error: Error) => void, act: () => void): void {
    try {
      act();
    } catch (error) {
      callback(connectionLost(this.where, error));
    }
  }
}
