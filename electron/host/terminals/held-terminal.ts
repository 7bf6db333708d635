import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause } from 'node:timers/promises';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { TerminalEvent, TerminalSize } from '../../../shared/terminals/screen.ts';
import { PastScreen } from './past-screen.ts';
import { ScreenFilter } from './screen-filter.ts';

/** A shell somewhere else, whatever it is reached by. */
export interface ShellSession {
  write(data: string): Promise<void>;
  resize(size: TerminalSize): void;
  /** Once the output has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly message: string | null }>;
  close(): void;
}

export interface OpenShell {
  /** What answers, for a person: `bash`. */
  readonly shell: string;
  readonly session: ShellSession;
  /** Reading slowly slows it down. */
  readonly output: () => AsyncIterable<{ readonly data: Buffer }>;
}

/** What comes within it is sent together. */
const togetherMs = 8;
/** Characters in one event. */
const mostTogether = 64 * 1024;
/** Characters that were sent and not drawn yet; then the command waits. */
const mostUndrawn = 512 * 1024;
/** Ways to a shell that can break. */
const brokenWays: ReadonlySet<string> = new Set([
  'KUBE_UNREACHABLE',
  'SSH_CONNECTION_LOST',
  'DOCKER_UNREACHABLE',
]);

/** A shell and what it showed. Whoever looks at it is sent no more than can be drawn. */
export class HeldTerminal {
  readonly #shell: OpenShell;
  readonly #filter = new ScreenFilter();
  readonly #decoder = new StringDecoder('utf8');
  readonly #past: PastScreen;
  #unsent = '';
  #undrawn = 0;
  #isOver = false;
  /** Nobody looks any more: it goes on, and only what is kept is kept. */
  #isLeft = false;
  /** Counts those who looked; only the newest is told anything. */
  #turn = 0;
  #wake: () => void = () => {};
  #room: () => void = () => {};
  /** It said all that it will. */
  readonly over: Promise<void>;

  /** `past`: what the one before it showed on the same screen. */
  constructor(shell: OpenShell, past = new PastScreen()) {
    this.#shell = shell;
    this.#past = past;
    this.over = this.#pump();
  }

  get past(): PastScreen {
    return this.#past;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * What it shows from now on, to one at a time; `again`: to a screen that is empty yet, so with what it
   * showed before. Ends with `ended`, or without it when another looks, or the caller leaves.
   */
  async *view(
    signal: AbortSignal,
    { again }: { readonly again: boolean },
  ): AsyncGenerator<TerminalEvent, void, void> {
    this.#turn += 1;
    const turn = this.#turn;
    const isMine = () => this.#turn === turn && !signal.aborted;
    if (again) this.#unsent = this.#past.text();
    [this.#undrawn, this.#isLeft] = [0, false];
    this.#stir();
    const onAbort = () => this.#stir();
    signal.addEventListener('abort', onAbort, { once: true });
    let sentAt = 0;
    try {
      yield { type: 'open', shell: this.#shell.shell };
      while (isMine()) {
        if (this.#unsent === '' && this.#isOver) break;
        if (this.#unsent === '') await new Promise<void>((wake) => (this.#wake = wake));
        // The echo of a key goes at once; what follows it closely goes together.
        const rest = sentAt + togetherMs - performance.now();
        if (!this.#isOver && rest > 0) await pause(rest, undefined, { signal }).catch(() => {});
        if (!isMine()) break;
        if (this.#undrawn > mostUndrawn) {
          await new Promise<void>((wake) => (this.#wake = wake));
          continue;
        }
        const text = this.#unsent.slice(0, mostTogether);
        if (text === '') continue;
        this.#unsent = this.#unsent.slice(text.length);
        this.#undrawn += text.length;
        sentAt = performance.now();
        yield { type: 'data', text };
      }
      if (isMine()) yield await this.#end();
    } finally {
      signal.removeEventListener('abort', onAbort);
      if (this.#turn === turn) this.#leave();
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
    this.#stir();
  }

  close(): void {
    this.#shell.session.close();
    this.#isLeft = true;
    this.#stir();
  }

  #leave(): void {
    [this.#unsent, this.#undrawn, this.#isLeft] = ['', 0, true];
    this.#stir();
  }

  #stir(): void {
    this.#room();
    this.#wake();
  }

  async #pump(): Promise<void> {
    try {
      for await (const { data } of this.#shell.output()) {
        const text = this.#filter.write(this.#decoder.write(data));
        this.#past.add(text);
        if (!this.#isLeft) this.#unsent += text;
        this.#wake();
        while (this.#undrawn + this.#unsent.length > mostUndrawn && !this.#isLeft) {
          await new Promise<void>((resolve) => (this.#room = resolve));
        }
      }
    } catch {
      // How it ended is told by `ended`.
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
      const lost = error instanceof RackhelmError && brokenWays.has(error.code);
      return { type: 'ended', code: null, message, lost };
    }
  }
}
