import type { RunOptions } from './machine.ts';
import { OutputLines } from './output-lines.ts';
import { beginMark, isMark } from './script-frame.ts';

type Stream = 'out' | 'err';

/** Lines of a framed script while it runs: what came before its mark, and the marks, are left out. */
export class LiveOutput {
  readonly #streams: Readonly<Record<Stream, OneStream>>;

  constructor(nonce: string, onLine: NonNullable<RunOptions['onLine']>) {
    this.#streams = {
      out: new OneStream(nonce, (line) => onLine('out', line)),
      err: new OneStream(nonce, (line) => onLine('err', line)),
    };
  }

  add(stream: Stream, chunk: Buffer): void {
    this.#streams[stream].add(chunk);
  }

  end(): void {
    this.#streams.out.end();
    this.#streams.err.end();
  }
}

class OneStream {
  readonly #begin: Buffer;
  readonly #lines: OutputLines;
  /** The end of what came before the mark, in which the mark may have begun. */
  #before: Buffer | null = Buffer.alloc(0);
  /** The end mark stands on a line of its own, before which it puts a line end. */
  #blank = false;
  #ended = false;

  constructor(nonce: string, emit: (line: string) => void) {
    this.#begin = Buffer.from(beginMark(nonce));
    this.#lines = new OutputLines((line) => {
      if (isMark(line, nonce)) this.#ended = true;
      if (!this.#ended) this.#told(line, emit);
    });
  }

  add(chunk: Buffer): void {
    if (this.#before === null) {
      this.#lines.add(chunk);
      return;
    }
    const all = Buffer.concat([this.#before, chunk]);
    const at = all.indexOf(this.#begin);
    if (at === -1) {
      this.#before = all.subarray(Math.max(0, all.length - this.#begin.length));
    } else {
      this.#before = null;
      this.#lines.add(all.subarray(at + this.#begin.length));
    }
  }

  end(): void {
    this.#lines.end();
  }

  #told(line: string, emit: (line: string) => void): void {
    if (this.#blank) emit('');
    this.#blank = line === '';
    if (!this.#blank) emit(line);
  }
}
