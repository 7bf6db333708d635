const secret = /^(\s*(?:psk|[\w-]*password|wep-key\d|pin|secret|leap-password)\s*[:=]\s*)(\S.*)$/i;
const hidden = '(hidden)';

export function holdsSecrets(text: string): boolean {
  return text.split('\n').some((line) => secret.test(line));
}

/** The text as it may be shown and kept. */
export function masked(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(secret, `$1${hidden}`))
    .join('\n');
}

/** The masked text with the secrets of another one, in their order; undefined: they are not the same. */
export function unmasked(text: string, from: string): string | undefined {
  const secrets = from.split('\n').filter((line) => secret.test(line));
  const lines = text.split('\n');
  let next = 0;
  const whole = lines.map((line) => {
    if (!secret.test(line)) return line;
    const real = secrets[next];
    next += 1;
    return real !== undefined && real.replace(secret, '$1') === line.replace(secret, '$1')
      ? real
      : null;
  });
  return next === secrets.length && !whole.includes(null) ? whole.join('\n') : undefined;
}
