import type { ParsedKey } from 'ssh2';

/**
 * Secrets that worked, so that a reconnect, or the same key on the next hop, does not ask again.
 * In memory only and gone with the pool. Its fields are private, so that no log prints them.
 */
export class SecretMemory {
  readonly #keys = new Map<string, ParsedKey>();
  readonly #passwords = new Map<string, string>();

  unlockedKey(digest: string): ParsedKey | undefined {
    return this.#keys.get(digest);
  }

  rememberKey(digest: string, key: ParsedKey): void {
    this.#keys.set(digest, key);
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
  }
}
