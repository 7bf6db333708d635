import type { PrivateKey } from './keys/private-key.ts';
import { ServerWords } from './server-words.ts';

/**
 * Secrets that worked, so that a reconnect, or the same key on the next hop, does not ask again.
 * In memory only and gone with the pool. Its fields are private, so that no log prints them.
 */
export class SecretMemory {
  readonly #keys = new Map<string, PrivateKey>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #passwords = new Map<string, string>();
  /** What servers say, without what was typed. */
  readonly words = new ServerWords();

  unlockedKey(digest: string): PrivateKey | undefined {
    return this.#keys.get(digest);
  }

  rememberKey(digest: string, key: PrivateKey): void {
    this.#keys.set(digest, key);
  }

  /** One after the other for the same key, so that sixteen machines ask for one passphrase once. */
  inTurn<T>(digest: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(digest) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#turns.set(digest, turn);
    return turn;
  }

  password(connection: string): string | undefined {
    return this.#passwords.get(connection);
  }

  rememberPassword(connection: string, password: string): void {
    this.#passwords.set(connection, password);
  }

  forgetPassword(connection: string): void {
    this.#passwords.delete(connection);
  }

  clear(): void {
    this.#keys.clear();
    this.#passwords.clear();
    this.words.forget();
  }
}
