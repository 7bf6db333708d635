import { once } from 'node:events';
import net from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

type Mode =
  | { readonly kind: 'well' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'refuses' }
  | { readonly kind: 'slow'; readonly delayMs: number; readonly bytesPerSecond: number };

export interface Slowness {
  /** Before each piece in each direction. Default 200. */
  readonly delayMs?: number;
  /** Default unlimited. */
  readonly bytesPerSecond?: number;
}

/** A way to a server on this computer that can be cut, be silent or be slow, at any moment. */
export class FaultyProxy implements AsyncDisposable {
  readonly #target: number;
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  #mode: Mode = { kind: 'well' };

  constructor(target: number) {
    this.#target = target;
    this.#server = net.createServer((socket) => this.#join(socket));
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string')
      throw new Error('the proxy does not listen');
    return address.port;
  }

  /** What a kubeconfig names as the server; the certificate holds for it too. */
  get server(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** How many connections stand; a client's own and one to the server count as one. */
  get connections(): number {
    return this.#sockets.size / 2;
  }

  /** All connections that stand end at once; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Connections stand and are taken, and nothing goes through in either direction. */
  silent(): void {
    this.#change({ kind: 'silent' });
  }

  /** New connections are ended at once, and those that stand. */
  refuse(): void {
    this.#change({ kind: 'refuses' });
    this.cut();
  }

  slow({ delayMs = 200, bytesPerSecond = Number.POSITIVE_INFINITY }: Slowness = {}): void {
    this.#change({ kind: 'slow', delayMs, bytesPerSecond });
  }

  /** All is well again; what was held back goes through. */
  clear(): void {
    this.#change({ kind: 'well' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #change(mode: Mode): void {
    this.#mode = mode;
  }

  #join(client: net.Socket): void {
    if (this.#mode.kind === 'refuses') {
      client.resetAndDestroy();
      return;
    }
    const server = net.connect(this.#target, '127.0.0.1');
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket);
      // One side that breaks breaks the other; both say so themselves to whoever uses them.
      socket.on('error', () => other.resetAndDestroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(this.#gate()).pipe(server);
    server.pipe(this.#gate()).pipe(client);
  }

  #gate(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#pass(chunk.length).then(
          () => done(null, chunk),
          (error: Error) => done(error),
        );
      },
    });
  }

  async #pass(bytes: number): Promise<void> {
    if (this.#mode.kind === 'slow') {
      const { delayMs, bytesPerSecond } = this.#mode;
      await sleep(delayMs + (bytes / bytesPerSecond) * 1000);
    }
    // A timer of its own keeps the process alive; a silent connection must not.
    while (this.#mode.kind === 'silent') await sleep(20, undefined, { ref: false });
  }
}

export function startFaultyProxy(target: number): Promise<FaultyProxy> {
  return new FaultyProxy(target).listen();
}
