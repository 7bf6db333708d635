import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  TerminalEvent,
  TerminalSize,
} from '../../../../../shared/cluster/pods/pod-terminal.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { OpenShell } from './open-shell.ts';
import { ScreenFilter } from './screen-filter.ts';

/** What comes within it is sent together. */
const togetherMs = 8;
/** Characters in one event. */
const mostTogether = 64 * 1024;
/** Characters that were sent and not drawn yet; then the command waits. */
const mostUndrawn = 512 * 1024;

/** A shell that somebody looks at: no faster than they can draw. */
export class Terminal {
  readonly #shell: OpenShell;
  readonly #filter = new ScreenFilter();
  readonly #decoder = new StringDecoder('utf8');
  #unsent = '';
  #undrawn = 0;
  #isOver = false;
  #wake: () => void = () => {};
  #room: () => void = () => {};

  constructor(shell: OpenShell) {
    this.#shell = shell;
    void this.#pump();
  }

  async *events(signal: AbortSignal): AsyncGenerator<TerminalEvent, void, void> {
    const onAbort = () => this.#wake();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      yield { type: 'open', shell: this.#shell.shell };
      while (!signal.aborted) {
        if (this.#unsent === '' && this.#isOver) break;
        if (this.#unsent === '') await new Promise<void>((wake) => (this.#wake = wake));
        if (!this.#isOver) await pause(togetherMs, undefined, { signal }).catch(() => {});
        const text = this.#unsent.slice(0, mostTogether);
        if (text === '') continue;
        this.#unsent = this.#unsent.slice(text.length);
        this.#undrawn += text.length;
        yield { type: 'data', text };
      }
      if (!signal.aborted) yield await this.#end();
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.close();
    }
  }

  async write(data: string): Promise<void> {
    // What is typed into one that has ended is for nobody.
    if (!this.#isOver) await this.#shell.session.write(data).catch(() => {});
  }

  resize(size: TerminalSize): void {
    if (!this.#isOver) this.#shell.session.resize(size);
  }

  /** So many characters were drawn. */
  drawn(count: number): void {
    this.#undrawn = Math.max(0, this.#undrawn - count);
    this.#room();
  }

  close(): void {
    this.#shell.session.close();
    this.#room();
    this.#wake();
  }

  async #pump(): Promise<void> {
    try {
      for await (const { data } of this.#shell.output()) {
        this.#unsent += this.#filter.write(this.#decoder.write(data));
        this.#wake();
        while (this.#undrawn + this.#unsent.length > mostUndrawn && !this.#isOver) {
          await new Promise<void>((resolve) => (this.#room = resolve));
        }
      }
    } finally {
      this.#isOver = true;
      this.#wake();
    }
  }

  async #end(): Promise<TerminalEvent> {
    try {
      const { code, message } = await this.#shell.session.ended;
      return { type: 'ended', code, message, lost: false };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const lost = error instanceof RackhelmError && error.code === 'KUBE_UNREACHABLE';
      return { type: 'ended', code: null, message, lost };
    }
  }
}
