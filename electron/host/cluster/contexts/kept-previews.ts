import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SourceSet } from '../../connections/kubernetes/index.ts';
import { newId } from '../../db/index.ts';
import type { Chosen } from './preview.ts';

/** How many wait for the person's decision, and how long; they may hold keys. */
const mostHeld = 10;
const heldMs = 30 * 60_000;

/** Where a preview came from; it decides how a context of it is kept. */
export type PreviewOrigin =
  | { readonly kind: 'files'; readonly files: readonly string[] }
  | { readonly kind: 'pasted' }
  | { readonly kind: 'node'; readonly deviceId: string; readonly name: string };

export interface HeldPreview {
  readonly origin: PreviewOrigin;
  readonly set: SourceSet;
  readonly chosen: ReadonlyMap<string, Chosen>;
}

/** Kubeconfigs that were looked at and not yet taken: only in memory of the host, and for a while. */
export class KeptPreviews {
  readonly #held = new Map<
    string,
    { readonly preview: HeldPreview; readonly timer: NodeJS.Timeout }
  >();

  hold(preview: HeldPreview): string {
    const id = newId();
    const timer = setTimeout(() => this.forget(id), heldMs).unref();
    this.#held.set(id, { preview, timer });
    const [oldest] = this.#held.keys();
    if (this.#held.size > mostHeld && oldest !== undefined) this.forget(oldest);
    return id;
  }

  /** Throws NOT_FOUND. */
  get(id: string): HeldPreview {
    const held = this.#held.get(id);
    if (held) return held.preview;
    throw new RackhelmError('NOT_FOUND', 'This kubeconfig is not held any more.', {
      hint: 'Choose it again.',
    });
  }

  chosen(id: string, key: string): HeldPreview & Chosen {
    const preview = this.get(id);
    const chosen = preview.chosen.get(key);
    if (chosen) return { ...preview, ...chosen };
    throw new RackhelmError('NOT_FOUND', 'There is no such context in this kubeconfig.');
  }

  forget(id: string): void {
    clearTimeout(this.#held.get(id)?.timer);
    this.#held.delete(id);
  }
}
