import type { Client } from '../../rpc/client.ts';
import type { Screen, ScreenNeeds } from '../../ui/terminal/screen.ts';

/** Sent at once; a large paste goes in pieces, each after the one before. */
const mostTyped = 16_384;
/** Drawn characters that are told together. */
const drawnTogether = 32_768;

type Rpc = Pick<Client['terminals'], 'write' | 'resize' | 'drawn'>;

/** Between the screen of one terminal and the host: what is typed, and what was drawn. */
export class PaneLine {
  readonly screen: Screen;
  leave = new AbortController();
  onLeave: () => void = () => {};
  onFind: () => void = () => {};
  readonly #id: string;
  readonly #rpc: Rpc;
  #typed = '';
  #typing = false;
  #undrawn = 0;

  constructor(
    { id, rpc, onLink }: { id: string; rpc: Rpc; onLink: (address: string) => void },
    create: (needs: ScreenNeeds) => Screen,
  ) {
    [this.#id, this.#rpc] = [id, rpc];
    this.screen = create({
      onType: (data) => this.type(data),
      onSize: (size) => void rpc.resize({ id, size }).catch(() => {}), // its end is told by the stream
      onLeave: () => this.onLeave(),
      onFind: () => this.onFind(),
      onLink,
    });
  }

  /** For another shell on the same screen, or another way to the same. */
  renew(): AbortSignal {
    this.leave.abort();
    this.leave = new AbortController();
    [this.#typed, this.#undrawn] = ['', 0];
    return this.leave.signal;
  }

  type(data: string): void {
    this.#typed += data;
    void this.#send();
  }

  async draw(text: string): Promise<void> {
    const { signal } = this.leave;
    await this.screen.write(text);
    this.#undrawn += text.length;
    if (this.#undrawn < drawnTogether || signal.aborted) return;
    const characters = this.#undrawn;
    this.#undrawn = 0;
    await this.#rpc.drawn({ id: this.#id, characters }).catch(() => {}); // its end is told by the stream
  }

  dispose(): void {
    this.leave.abort();
    this.screen.element.remove();
    this.screen.dispose();
  }

  /** In its order, though each piece is a call of its own. */
  async #send(): Promise<void> {
    if (this.#typing) return;
    this.#typing = true;
    while (this.#typed !== '') {
      const data = this.#typed.slice(0, mostTyped);
      this.#typed = this.#typed.slice(data.length);
      await this.#rpc.write({ id: this.#id, data }).catch(() => {}); // its end is told by the stream
    }
    this.#typing = false;
  }
}
