import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { mayForward, refusal } from '../refusal.ts';
import { type PickedPod, pickPod } from './pick-pod.ts';

export interface ForwardNeeds {
  readonly client: Pick<KubeClient, 'get' | 'list' | 'portForward'>;
  readonly of: ObjectName;
  readonly port: number;
  /** Null: any that is free. */
  readonly localPort: number | null;
  readonly onChange: () => void;
}

/** Never an address that others of the network reach. */
const here = '127.0.0.1';
const mostConnections = 256;
/** A pod that was ready so short a time ago is asked without another look. */
const freshMs = 3_000;

interface Counts {
  sent: number;
  received: number;
  served: number;
}

/** A port of this computer whose connections go to a pod, each to whoever is ready then. */
export class Forward {
  readonly #needs: ForwardNeeds;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #leave = new AbortController();
  readonly #counts: Counts = { sent: 0, received: 0, served: 0 };
  #picked: { readonly pod: PickedPod; readonly at: number } | null = null;
  #pod: string | null = null;
  #trouble: { readonly at: number; readonly text: string } | null = null;

  private constructor(needs: ForwardNeeds) {
    this.#needs = needs;
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
      void this.#serve(socket);
    });
    this.#server.maxConnections = mostConnections;
  }

  /** Throws PORT_TAKEN, INVALID_INPUT. */
  static async open(needs: ForwardNeeds): Promise<Forward> {
    const forward = new Forward(needs);
    await forward.#listen();
    return forward;
  }

  get localPort(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  get standing() {
    const open = [...this.#sockets];
    const sum = (of: (socket: Socket) => number) => open.reduce((all, each) => all + of(each), 0);
    return {
      pod: this.#pod,
      connections: open.length,
      served: this.#counts.served,
      sent: this.#counts.sent + sum(({ bytesRead }) => bytesRead),
      received: this.#counts.received + sum(({ bytesWritten }) => bytesWritten),
      trouble: this.#trouble,
    };
  }

  close(): void {
    this.#leave.abort();
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #listen(): Promise<void> {
    const { localPort } = this.#needs;
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        reject(notListening(error, localPort ?? 0));
      });
      this.#server.listen(localPort ?? 0, here, () => {
        this.#server.on('error', (error) => this.#failed(error));
        resolve();
      });
    });
  }

  async #serve(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    this.#counts.served += 1;
    socket.on('error', () => {}); // whoever asked has left
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#counts.sent += socket.bytesRead;
      this.#counts.received += socket.bytesWritten;
      this.#needs.onChange();
    });
    this.#needs.onChange();
    try {
      const stream = await this.#connect();
      stream.on('error', (error) => {
        this.#failed(error);
        socket.destroy();
      });
      stream.on('close', () => socket.destroySoon());
      socket.on('close', () => stream.destroy());
      if (socket.destroyed) stream.destroy();
      socket.pipe(stream).pipe(socket);
    } catch (error) {
      this.#failed(error);
      socket.destroy();
    }
  }

  /** Once more where the pod went meanwhile. */
  async #connect(): Promise<Duplex> {
    const { client, of } = this.#needs;
    const { signal } = this.#leave;
    for (let tries = 1; ; tries += 1) {
      const { namespace, name, port } = await this.#pick();
      this.#pod = name;
      try {
        return await client.portForward({ namespace, name }, port, { signal });
      } catch (error) {
        this.#picked = null;
        const isGone = error instanceof RackhelmError && error.code !== 'KUBE_FORBIDDEN';
        if (tries === 2 || !isGone || of.kind === 'pods') {
          throw refusal(error, mayForward(namespace));
        }
      }
    }
  }

  async #pick(): Promise<PickedPod> {
    const { client, of, port } = this.#needs;
    if (this.#picked !== null && Date.now() - this.#picked.at < freshMs) return this.#picked.pod;
    const wanted = { of, port, before: this.#pod };
    const pod = await pickPod(client, wanted, this.#leave.signal);
    this.#picked = { pod, at: Date.now() };
    return pod;
  }

  #failed(error: unknown): void {
    if (this.#leave.signal.aborted) return;
    this.#picked = null;
    const text = error instanceof Error ? error.message : String(error);
    this.#trouble = { at: Date.now(), text: text.slice(0, 1_000) };
    this.#needs.onChange();
  }
}

function notListening(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new RackhelmError('PORT_TAKEN', `Port ${port} of this computer is taken already.`);
  }
  if (error.code === 'EACCES') {
    return new RackhelmError('INVALID_INPUT', `Port ${port} may not be opened by this user.`, {
      hint: 'Choose one from 1024 on, or leave it empty for any that is free.',
    });
  }
  return error;
}
