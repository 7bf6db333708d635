import { z } from 'zod';
import { said } from '../cluster/status.ts';
import { optionalText, part, text } from '../cluster/tolerant.ts';

const amount = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' ? value : 0));
const line = z.object({
  ...{ status: text, id: text, error: optionalText },
  progressDetail: part({ current: amount, total: amount }),
});

interface Layer {
  readonly done: number;
  readonly total: number;
  readonly state: string;
}

/** Of one image that is pulled; an image may claim any number of layers. */
const mostLayers = 1_000;

/** How far a pull is, from the lines of an engine. */
export class PullProgress {
  readonly #layers = new Map<string, Layer>();
  #last = '';

  /** What is worth a line of a log; null: nothing. Throws what the engine says went wrong. */
  take(told: unknown): string | null {
    const { data } = line.safeParse(told);
    if (data === undefined) return null;
    if (data.error !== null) throw new Error(said(data.error));
    const { status, id, progressDetail } = data;
    const words = said(status);
    if (!/^[0-9a-f]{12}$/.test(id)) return this.#once(id === '' ? words : `${said(id)}: ${words}`);
    const known = this.#layers.get(id);
    if (known === undefined && this.#layers.size >= mostLayers) return null;
    const { current, total } = progressDetail;
    const size = status === 'Downloading' ? total : (known?.total ?? 0);
    const isThere = /^(Pull complete|Already exists|Download complete|Extracting)/.test(status);
    const done = status === 'Downloading' ? current : isThere ? size : (known?.done ?? 0);
    this.#layers.set(id, { done, total: size, state: words });
    return /^(Pull complete|Already exists)$/.test(status) ? `${id}: ${words}` : null;
  }

  /** Bytes of layers whose size is known. */
  get bytes(): { readonly done: number; readonly total: number } {
    let [done, total] = [0, 0];
    for (const layer of this.#layers.values()) {
      done += layer.done;
      total += layer.total;
    }
    return { done, total };
  }

  get layers(): { readonly done: number; readonly total: number } {
    const all = [...this.#layers.values()];
    const done = all.filter(({ state }) => /^(Pull complete|Already exists)$/.test(state)).length;
    return { done, total: all.length };
  }

  #once(text: string): string | null {
    if (text === this.#last) return null;
    this.#last = text;
    return text;
  }
}
