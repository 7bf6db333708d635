import { createHash } from 'node:crypto';

/** What a node proves itself with to a server. */
export interface Token {
  /** Hash of the cluster's CA; null: whoever answers is believed. */
  readonly caHash: string | null;
  readonly user: string;
  readonly password: string;
}

export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

const bootstrap = /^([a-z0-9]{6})\.([a-z0-9]{16})$/;

export function hashOf(authority: string): string {
  return createHash('sha256').update(authority).digest('hex');
}

export function isBootstrap(text: string): boolean {
  return bootstrap.test(text);
}

/** `user`: who a bare password stands for: servers, or agents. */
export function parseToken(text: string, user: 'server' | 'node'): Token {
  if (!text.startsWith('K10')) {
    if (text.includes('::')) throw new InvalidToken('invalid token format');
    return {
      caHash: null,
      ...(isBootstrap(text) ? { user: '', password: text } : { user, password: text }),
    };
  }
  const [caHash = '', credentials, ...more] = text.slice(3).split('::');
  if (credentials === undefined || more.length > 0) throw new InvalidToken('invalid token format');
  if (caHash.length !== 64) throw new InvalidToken('invalid token CA hash length');
  if (isBootstrap(credentials)) return { caHash, user: '', password: credentials };
  const colon = credentials.indexOf(':');
  if (colon < 0) throw new InvalidToken('invalid token format');
  return { caHash, user: credentials.slice(0, colon), password: credentials.slice(colon + 1) };
}

export function fullToken(authority: string, credentials: string): string {
  return `K10${hashOf(authority)}::${credentials}`;
}

/** As it goes over the wire. */
export function authorizationOf({ user, password }: Token): string {
  if (user === '') return `Bearer ${password}`;
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
