import { createHash } from 'node:crypto';
import { isDecided } from '../../../../shared/cluster/drain/matters.ts';

/** What was shown that is remembered, to tell what is new since. */
const mostShown = 100;

/** What people were shown before they approved, by its hash. */
export class ShownMatters {
  readonly #kept = new Map<string, ReadonlySet<string>>();

  /** Its hash, to be given back. */
  keep(matters: ReadonlySet<string>): string {
    const hash = hashOf(matters);
    this.#kept.delete(hash);
    this.#kept.set(hash, matters);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostShown && oldest !== undefined) this.#kept.delete(oldest);
    return hash;
  }

  /** Whether all of it was shown under that hash, also by a process before this one where it is the same. */
  covers(hash: string, now: ReadonlySet<string>): boolean {
    const known = this.#kept.get(hash);
    return known === undefined ? hashOf(now) === hash : isDecided(known, now);
  }
}

function hashOf(matters: ReadonlySet<string>): string {
  const seen = JSON.stringify([...matters].sort());
  return createHash('sha256').update(seen).digest('hex').slice(0, 32);
}
