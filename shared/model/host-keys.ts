/** Keys that Rackhelm accepted itself; known_hosts files are read beside it, never written. */
export interface HostKeyStore {
  find(host: string): readonly StoredHostKey[];
  /** Records an accepted key; forgets all others of this host when `replace` is true. */
  record(key: StoredHostKey, options: { readonly replace: boolean }): void;
}

export interface StoredHostKey {
  /** `host` or `[host]:port`, lower case. */
  readonly host: string;
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, … */
  readonly type: string;
  /** The key blob in base64, as known_hosts has it. */
  readonly blob: string;
  /** UTC milliseconds. */
  readonly seenAt: number;
}
