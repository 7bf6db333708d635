import { Duplex } from 'node:stream';
import { oneLine } from '../../../../shared/visible-text.ts';
import { type Channels, openChannels } from './channels.ts';
import { KubeError } from './errors.ts';
import { objectPath } from './paths.ts';
import type { PodName } from './types.ts';
import type { Wire } from './wire.ts';
import { pods } from './write.ts';

const [dataChannel, errorChannel] = [0, 1];
/** Nothing tells the other side that we have said all; this long it may still answer. */
const answerMs = 30_000;

/** One connection to a port of a pod. */
export async function openPortForward(
  wire: Wire,
  pod: PodName,
  { port, signal }: { readonly port: number; readonly signal: AbortSignal },
): Promise<Duplex> {
  const path = objectPath(pods, { ...pod, subresource: 'portforward' });
  const protocols = ['v4.channel.k8s.io'];
  const channels = await openChannels(wire, { path, query: { ports: port }, protocols, signal });
  return new Forwarded(channels, port);
}

class Forwarded extends Duplex {
  readonly #channels: Channels;
  readonly #port: number;
  #room: () => void = () => {};

  constructor(channels: Channels, port: number) {
    super({ allowHalfOpen: true });
    this.#channels = channels;
    this.#port = port;
    void this.#pump();
  }

  override _read(): void {
    this.#room();
  }

  override _write(chunk: Buffer, _: string, done: (error?: Error | null) => void): void {
    this.#channels.send(dataChannel, chunk).then(() => done(), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    setTimeout(() => this.#channels.close(), answerMs).unref();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#channels.close();
    this.#room();
    done(error);
  }

  async #pump(): Promise<void> {
    /** Both channels begin with the number of the port. */
    const begun = new Set<number>();
    for await (const { channel, data } of this.#channels.frames()) {
      if (this.destroyed) break;
      const isFirst = !begun.has(channel);
      begun.add(channel);
      const piece = isFirst ? data.subarray(2) : data;
      if (piece.length === 0) continue;
      if (channel === errorChannel) {
        this.destroy(refused(this.#port, piece.toString('utf8')));
      } else if (!this.push(piece)) await new Promise<void>((resolve) => (this.#room = resolve));
    }
    const { error } = this.#channels;
    if (this.destroyed) return;
    if (error) this.destroy(error);
    else this.push(null);
  }
}

function refused(port: number, said: string): KubeError {
  const why = oneLine(said.slice(0, 500));
  return new KubeError('KUBE_UNREACHABLE', `Nothing answers on port ${port} of the pod: ${why}`, {
    hint: 'Check which port the container listens on.',
  });
}
