import { readJoinToken } from '../k3s-token.ts';

/** What a file is in which K3s finds a token: settings, an environment, or the token alone. */
export type TokenForm = 'yaml' | 'env' | 'token';

const lines: Readonly<Record<TokenForm, RegExp>> = {
  yaml: /^(\s*(?<q>["']?)(?:agent-)?token\k<q>\s*:\s*["']?)([^\s"'#]+)/gm,
  env: /^(\s*(?:export\s+)?(?<q>)K3S_(?:AGENT_)?TOKEN=["']?)([^\s"']+)/gm,
  token: /^(\s*(?<q>))(\S+)/g,
};

/** The secret half of a token of servers or agents; null: it is one that ends by itself. */
export function passwordOfToken(token: string): string | null {
  const reading = readJoinToken(token);
  if (!reading.ok || reading.token.form === 'bootstrap') return null;
  if (reading.token.form === 'bare') return token.trim();
  return token.trim().split('::').slice(1).join('::').split(':').slice(1).join(':');
}

interface Exchange {
  readonly form: TokenForm;
  /** Whole, as a server keeps them: `K10…::server:…`. */
  readonly old: string;
  readonly fresh: string;
  readonly role: 'server' | 'agent';
}

/**
 * The same text with the new token wherever it names the old one, in whatever form; all else stays. Null:
 * it does not name it.
 */
export function exchangeToken(text: string, { form, old, fresh, role }: Exchange): string | null {
  const gone = passwordOfToken(old);
  let found = false;
  const next = text.replace(lines[form], (all: string, before: string, _: string, held: string) => {
    if (gone === null || passwordOfToken(held) !== gone) return all;
    found = true;
    return `${before}${asHeld(held, { fresh, role })}`;
  });
  return found ? next : null;
}

/** Whoever believed anybody at the address learns to tell the cluster by its hash. */
function asHeld(held: string, { fresh, role }: Pick<Exchange, 'fresh' | 'role'>): string {
  const reading = readJoinToken(held);
  const user =
    reading.ok && 'user' in reading.token
      ? reading.token.user
      : role === 'agent'
        ? 'node'
        : 'server';
  return fresh.trim().replace(/^(K10[0-9a-f]{64}::)[^:]*:/, `$1${user}:`);
}
