import { z } from 'zod';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type DockerClient,
  DockerError,
  type Frame,
  frames,
} from '../../connections/docker/index.ts';
import { containerPath } from '../container-path.ts';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface ExecAsked {
  readonly containerId: string;
  readonly command: readonly string[];
  /** A terminal: stderr comes with stdout. */
  readonly tty: boolean;
  readonly size?: TerminalSize | undefined;
  /** Whether anything will be written to it. */
  readonly stdin: boolean;
  /** Default: as the container runs. */
  readonly user?: string | undefined;
  readonly signal: AbortSignal;
}

/** A command that runs in a container; the same shape as in a pod. */
export interface ContainerExec {
  /** To be read to its end; reading slowly slows the command down. */
  readonly output: AsyncIterable<Frame>;
  /** Resolves when it is on its way. */
  write(data: Buffer | string): Promise<void>;
  closeStdin(): void;
  resize(size: TerminalSize): void;
  /** Once the output has ended; `code` null where the engine does not know. */
  readonly ended: Promise<{ readonly code: number | null; readonly message: string | null }>;
  close(): void;
}

const made = z.object({ Id: z.string().min(1).max(200) });
const looked = z.object({ ExitCode: z.number().nullish(), Running: z.boolean().default(false) });

/** Throws DOCKER_CONFLICT where it does not run, DOCKER_NOT_FOUND. */
export async function openExec(client: DockerClient, asked: ExecAsked): Promise<ContainerExec> {
  const { containerId, command, tty, size, stdin, user, signal } = asked;
  const body = {
    ...{ AttachStdin: stdin, AttachStdout: true, AttachStderr: true, Tty: tty },
    ...{ Cmd: command, ...(user !== undefined && { User: user }) },
    ...(tty && { Env: ['TERM=xterm-256color'] }),
  };
  const path = containerPath(containerId, 'exec');
  const answer = made.safeParse(await client.call({ method: 'POST', path, body, signal }));
  if (!answer.success) throw new DockerError('DOCKER_ANSWER_ODD', 'The engine begins no command.');
  const exec = `/exec/${encodeURIComponent(answer.data.Id)}`;
  const start = { Detach: false, Tty: tty };
  const stream = await client.hijack({ path: `${exec}/start`, body: start, signal });
  const leave = () => stream.destroy();
  signal.addEventListener('abort', leave, { once: true });
  const settled = Promise.withResolvers<{ code: number | null; message: string | null }>();
  settled.promise.catch(() => {});
  stream.once('close', () => signal.removeEventListener('abort', leave));

  async function* output(): AsyncGenerator<Frame, void, void> {
    try {
      if (tty) for await (const data of stream) yield { stream: 'out', data: data as Buffer };
      else yield* frames(stream);
      const path = `${exec}/json`;
      const { ExitCode = null, Running } = looked.parse(
        await client.call({ path, signal: AbortSignal.timeout(10_000) }),
      );
      settled.resolve({
        code: ExitCode ?? null,
        message: Running ? 'The connection ended while it ran.' : null,
      });
    } catch (error) {
      const known =
        error instanceof RackhelmError
          ? error
          : new DockerError('DOCKER_UNREACHABLE', 'The connection broke off.', { cause: error });
      settled.reject(known);
      throw known;
    } finally {
      stream.destroy();
    }
  }

  const resize = ({ columns, rows }: TerminalSize) => {
    const query = { w: columns, h: rows };
    // It may have ended meanwhile.
    client.call({ method: 'POST', path: `${exec}/resize`, query, signal }).catch(() => {});
  };
  if (tty && size !== undefined) resize(size);
  return {
    output: output(),
    write: (data) =>
      new Promise((resolve, reject) => {
        stream.write(data, (error) => (error ? reject(error) : resolve()));
      }),
    closeStdin: () => stream.end(),
    resize,
    ended: settled.promise,
    close: () => stream.destroy(),
  };
}
