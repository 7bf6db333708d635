import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  type ExecSession,
  type KubeClient,
  KubeError,
} from '../../../connections/kubernetes/index.ts';
import { EventQueue } from '../../../event-queue.ts';

type Output = ExecSession['output'] extends AsyncIterable<infer T> ? T : never;

/** One command in a container, whose other side a test plays. */
export class FakeSession implements ExecSession {
  readonly command: readonly string[];
  readonly written: string[] = [];
  readonly sizes: object[] = [];
  readonly #queue = new EventQueue<Output>();
  readonly #end = Promise.withResolvers<Awaited<ExecSession['ended']>>();
  readonly ended = this.#end.promise;
  /** Pieces that were read so far. */
  taken = 0;
  isClosed = false;

  constructor(command: readonly string[]) {
    this.command = command;
    this.ended.catch(() => {});
  }

  get output(): AsyncIterable<Output> {
    return this.#read();
  }

  say(text: string, stream: 'out' | 'err' = 'out'): void {
    this.#queue.push({ stream, data: Buffer.from(text) });
  }

  sayBytes(data: Buffer): void {
    this.#queue.push({ stream: 'out', data });
  }

  end(how: number | KubeError): void {
    if (typeof how === 'number') this.#end.resolve({ code: how, message: null });
    else this.#end.reject(how);
    this.#queue.close();
  }

  async write(data: Buffer | string): Promise<void> {
    this.written.push(String(data));
  }

  closeStdin(): void {}

  resize(size: object): void {
    this.sizes.push(size);
  }

  close(): void {
    this.isClosed = true;
    this.end(new KubeError('KUBE_CANCELLED', 'It was left.'));
  }

  async *#read(): AsyncGenerator<Output, void, void> {
    for await (const each of this.#queue.read(undefined)) {
      this.taken += 1;
      yield each;
    }
  }
}

export interface Container {
  /** A folder of this computer that is `/` there. */
  readonly root: string;
  /** Programs that it lacks. */
  readonly lacks?: readonly string[];
  /** Bytes of the next answer that are lost at its end. */
  lost?: number;
}

/** Runs scripts with the shell of this computer, as a container would that has a folder as its root. */
export function execOn(container: Container): KubeClient['exec'] {
  return async (_, { command, signal }) => {
    const [program = '', ...parameters] = command;
    const lacks = container.lacks ?? [];
    const session = new FakeSession(command);
    if (lacks.includes(program)) {
      session.end(
        new KubeError('KUBE_FAILED', `exec: "${program}": executable file not found in $PATH`),
      );
      return session;
    }
    const [option = '', script = '', own = '', ...rest] = parameters;
    const lacking = lacks.map((name) => `*" ${name} "*`).join('|') || 'nothing';
    const hides = `command() { case " $* " in ${lacking}) return 1;; esac; builtin command "$@"; }`;
    const within = rest.map((each) => (each.startsWith('/') ? container.root + each : each));
    const child = spawn('bash', [option, `${hides}\n${script}`, own, ...within], {
      signal,
    });
    child.on('error', () => {}); // it was cancelled
    const pieces: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => pieces.push(data));
    child.stderr.on('data', (data: Buffer) => session.say(data.toString(), 'err'));
    void once(child, 'close').then(([code]) => {
      const out = Buffer.concat(pieces);
      const lost = command.at(2)?.includes('tail -c') ? (container.lost ?? 0) : 0;
      container.lost = 0;
      const kept = out.subarray(0, Math.max(0, out.length - lost));
      for (let at = 0; at < kept.length; at += 65_536)
        session.sayBytes(kept.subarray(at, at + 65_536));
      session.end(Number(code ?? 1));
    });
    return session;
  };
}
