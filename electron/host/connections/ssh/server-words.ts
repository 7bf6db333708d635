import { harmless } from './harmless.ts';

const shortest = 3;
const left = '(left out: it repeats what was typed)';

/**
 * What a server says, made fit to be shown: no escapes, no direction marks, of bounded length, and
 * without a secret that was typed, which a server could otherwise have shown on a screen or in a log.
 */
export class ServerWords {
  readonly #secrets = new Map<string, readonly string[]>();

  /** From now on this is shown to nobody. */
  typed(secret: string): void {
    if (secret.length >= shortest) this.#secrets.set(secret, disguises(secret));
  }

  forget(): void {
    this.#secrets.clear();
  }

  /** At most `most` characters. */
  harmless(text: string, most = 1024): string {
    const plain = harmless(text.slice(0, most * 2));
    const shown = this.#repeats(plain) ? left : plain;
    return shown.length > most ? `${shown.slice(0, most)} …` : shown;
  }

  #repeats(text: string): boolean {
    const [lower, bare] = [text.toLowerCase(), squeezed(text)];
    for (const [secret, forms] of this.#secrets) {
      if (forms.some((form) => lower.includes(form))) return true;
      const letters = squeezed(secret);
      if (letters.length >= shortest && bare.includes(letters)) return true;
    }
    return false;
  }
}

/** The forms in which something would come back that was sent. */
function disguises(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    [...secret].reverse().join(''),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ].map((form) => form.toLowerCase());
}

/** Letters and digits alone, so that `s-e-c-r-e-t` is found too. */
function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
