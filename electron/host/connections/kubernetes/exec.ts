import { type Channels, openChannels } from './channels.ts';
import { KubeError } from './errors.ts';
import { objectPath } from './paths.ts';
import { fromStatus, parseStatus } from './status.ts';
import type { ExecOptions, ExecOutput, ExecSession, PodName } from './types.ts';
import type { Wire } from './wire.ts';
import { pods } from './write.ts';

const [stdin, stdout, stderr, status, resize, close] = [0, 1, 2, 3, 4, 255];
/** v5 can end stdin, which v4 cannot. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** A command in a container; see ExecSession. */
export async function openExec(
  wire: Wire,
  pod: PodName,
  options: ExecOptions,
): Promise<ExecSession> {
  const { container, command, tty = false, stdin: hasStdin = false, signal } = options;
  const query = {
    ...{ container, command, tty },
    ...{ stdin: hasStdin, stdout: true, stderr: !tty },
  };
  const path = objectPath(pods, { ...pod, subresource: 'exec' });
  const channels = await openChannels(wire, { path, query, protocols, signal });
  return new Session(channels, wire.where);
}

type Ended = Awaited<ExecSession['ended']>;

class Session implements ExecSession {
  readonly ended: Promise<Ended>;
  readonly output: AsyncIterable<ExecOutput>;
  readonly #channels: Channels;
  readonly #where: string;
  readonly #settle: PromiseWithResolvers<Ended>;

  constructor(channels: Channels, where: string) {
    this.#channels = channels;
    this.#where = where;
    this.#settle = Promise.withResolvers<Ended>();
    this.ended = this.#settle.promise;
    // Whoever only reads the output is told by it.
    this.ended.catch(() => {});
    this.output = this.#read();
  }

  async write(data: Buffer | string): Promise<void> {
    await this.#channels.send(stdin, typeof data === 'string' ? Buffer.from(data, 'utf8') : data);
  }

  closeStdin(): void {
    if (this.#channels.protocol !== protocols[0]) return;
    this.#channels.send(close, Buffer.of(stdin)).catch(() => {}); // it has ended already
  }

  resize({ columns, rows }: { readonly columns: number; readonly rows: number }): void {
    const size = JSON.stringify({ Width: columns, Height: rows });
    this.#channels.send(resize, Buffer.from(size)).catch(() => {}); // it has ended already
  }

  close(): void {
    this.#channels.close();
  }

  async *#read(): AsyncGenerator<ExecOutput, void, void> {
    let said: Buffer | null = null;
    try {
      for await (const { channel, data } of this.#channels.frames()) {
        if (channel === status) said = data;
        // Each stream begins with an empty frame.
        else if ((channel === stdout || channel === stderr) && data.length > 0)
          yield { stream: channel === stdout ? 'out' : 'err', data };
      }
    } finally {
      this.#tell(said);
      this.#channels.close();
    }
  }

  #tell(said: Buffer | null): void {
    const { error } = this.#channels;
    if (said !== null) this.#settleBy(said.toString('utf8'));
    else
      this.#settle.reject(
        error ??
          new KubeError('KUBE_UNREACHABLE', 'The command broke off; how it ended is unknown.'),
      );
  }

  #settleBy(text: string): void {
    const answer = parseStatus(text);
    const exit = answer?.details?.causes?.find(({ reason }) => reason === 'ExitCode');
    if (/"status":\s*"Success"/.test(text)) this.#settle.resolve({ code: 0, message: null });
    else if (exit !== undefined)
      this.#settle.resolve({ code: Number(exit.message), message: null });
    else
      this.#settle.reject(fromStatus(answer, { where: this.#where, status: answer?.code ?? 500 }));
  }
}
