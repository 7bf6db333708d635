import { randomBytes, timingSafeEqual } from 'node:crypto';

const secret = () => randomBytes(32).toString('base64url');

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Who may speak to the browser shell: the one-time token is swapped for a cookie. Cookies do not
 * tell ports apart, so the cookie's name carries the port.
 */
export class Session {
  #token: string | null = null;
  readonly #sessions = new Set<string>();
  readonly #cookieName: string;

  constructor(port: number) {
    this.#cookieName = `rackhelm-${port}`;
  }

  /** A new one-time token; an unused one before it is void. */
  newToken(): string {
    this.#token = secret();
    return this.#token;
  }

  /** The Set-Cookie value for a right token, which is used up by it; null for a wrong one. */
  redeem(token: string): string | null {
    if (this.#token === null || !equal(token, this.#token)) return null;
    this.#token = null;
    const session = secret();
    this.#sessions.add(session);
    return `${this.#cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  knows(cookieHeader: string | undefined): boolean {
    for (const pair of (cookieHeader ?? '').split(';')) {
      const [name, value] = pair.trim().split('=', 2);
      if (name !== this.#cookieName || value === undefined) continue;
      for (const session of this.#sessions) if (equal(value, session)) return true;
    }
    return false;
  }
}
