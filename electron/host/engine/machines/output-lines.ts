import { StringDecoder } from 'node:string_decoder';
import { harmless } from '../../connections/ssh/index.ts';

/** A longer line comes in pieces of this many characters. */
const longestLine = 4_096;

/** Cuts what comes in chunks into lines that may be shown and kept. */
export class OutputLines {
  readonly #decoder = new StringDecoder('utf8');
  readonly #emit: (line: string) => void;
  #rest = '';

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  add(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#tell(line);
    while (this.#rest.length > longestLine) {
      this.#tell(this.#rest.slice(0, longestLine));
      this.#rest = this.#rest.slice(longestLine);
    }
  }

  /** Tells what came without a line end. */
  end(): void {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    if (rest !== '') this.#tell(rest);
  }

  #tell(line: string): void {
    for (let at = 0; at === 0 || at < line.length; at += longestLine)
      this.#emit(harmless(line.slice(at, at + longestLine)).trimEnd());
  }
}
