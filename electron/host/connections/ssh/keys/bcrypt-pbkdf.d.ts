declare module 'bcrypt-pbkdf' {
  /** Fills `output`; 0 is success. The derivation that OpenSSH's own key format uses. */
  export function pbkdf(
    passphrase: Uint8Array,
    passphraseLength: number,
    salt: Uint8Array,
    saltLength: number,
    output: Uint8Array,
    outputLength: number,
    rounds: number,
  ): number;
}
