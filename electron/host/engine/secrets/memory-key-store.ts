import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KeyStore } from '../../../../shared/model/secrets.ts';

/** For tests: a key store that can be locked, lost and broken at will. */
export class MemoryKeyStore implements KeyStore {
  readonly way: KeyStore['way'];
  readonly name = 'the key store of this test';
  readonly entries = new Map<string, string>();
  /** What every call ends with. */
  fails: 'KEY_STORE_LOCKED' | 'KEY_STORE_UNAVAILABLE' | null = null;
  opened = 0;
  #next = 0;

  constructor(way: KeyStore['way'] = 'keyring') {
    this.way = way;
  }

  async trouble(): Promise<string | null> {
    return this.fails === 'KEY_STORE_UNAVAILABLE' ? 'It is not there.' : null;
  }

  async seal(text: string): Promise<string> {
    this.#check();
    this.#next += 1;
    const sealed = `entry-${this.#next}`;
    this.entries.set(sealed, text);
    return sealed;
  }

  async open(sealed: string): Promise<string> {
    this.opened += 1;
    this.#check();
    const text = this.entries.get(sealed);
    if (text !== undefined) return text;
    throw new RackhelmError('KEY_STORE_FORGOT', 'There is no such entry.');
  }

  async drop(sealed: string): Promise<void> {
    this.#check();
    this.entries.delete(sealed);
  }

  #check(): void {
    if (this.fails !== null) throw new RackhelmError(this.fails, 'The key store says no.');
  }
}
