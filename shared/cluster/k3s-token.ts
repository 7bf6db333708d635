/**
 * The forms of a token that a node joins with. `K10<hash>::server:<password>` names the cluster by the hash
 * of its CA, so that nobody in between can take it; a bare password does not.
 */
export type JoinToken =
  | {
      readonly form: 'server' | 'agent-or-other';
      /** SHA-256 of what /cacerts answers, in hex. */
      readonly caHash: string;
      readonly user: string;
    }
  /** `abcdef.0123456789abcdef`, with an end in time; joins agents only. */
  | { readonly form: 'bootstrap'; readonly caHash: string | null; readonly id: string }
  /** A password alone: whoever answers at the address is believed. */
  | { readonly form: 'bare' };

export type TokenReading =
  | { readonly ok: true; readonly token: JoinToken }
  | { readonly ok: false; readonly says: string };

const FULL = /^K10([^:]*)::([^:]*):?(.*)$/s;
const BOOTSTRAP = /^([a-z0-9]{6})\.[a-z0-9]{16}$/;

/** Reads the form of a token. Says nothing of its secret part, so what this returns may be shown. */
export function readJoinToken(text: string): TokenReading {
  const token = text.trim();
  if (token === '') return no('The token is empty.');
  if (token.length > 4_096) return no('This is too long for a token.');
  if (/\s/.test(token)) return no('The token has a space or a line break in it.');
  if (!token.startsWith('K10')) return readShort(token);
  const match = FULL.exec(token);
  if (!match) return no('The token begins as a whole one, and its second half is missing.');
  const [, caHash = '', user = '', password = ''] = match;
  if (!/^[0-9a-f]{64}$/.test(caHash))
    return no('The part of the token that names the cluster is cut: it has 64 digits.');
  const bootstrap = BOOTSTRAP.exec(user);
  if (bootstrap && password === '')
    return { ok: true, token: { form: 'bootstrap', caHash, id: bootstrap[1] ?? '' } };
  if (password === '') return no('The token has no password at its end.');
  return {
    ok: true,
    token: { form: user === 'server' ? 'server' : 'agent-or-other', caHash, user },
  };
}

function readShort(token: string): TokenReading {
  const bootstrap = BOOTSTRAP.exec(token);
  if (bootstrap)
    return { ok: true, token: { form: 'bootstrap', caHash: null, id: bootstrap[1] ?? '' } };
  return token.includes('::')
    ? no('The beginning of the token is missing: a whole one begins with K10.')
    : { ok: true, token: { form: 'bare' } };
}

/** What stands against joining as this with such a token; null: nothing that its form could tell. */
export function tokenObjection(token: JoinToken, role: 'server' | 'agent'): string | null {
  if (token.form === 'bootstrap' && role === 'server')
    return 'This token is for agents; a server needs the token of the servers.';
  return null;
}

function no(says: string): TokenReading {
  return { ok: false, says };
}
