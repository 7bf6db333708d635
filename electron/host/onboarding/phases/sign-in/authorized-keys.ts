/** `ssh-ed25519 AAAA…` of a line of authorized_keys, whatever options stand before it. */
function keyOf(line: string): string | null {
  if (/^\s*#/.test(line)) return null;
  const found = /(?:^|\s)((?:ssh|ecdsa|sk)-[\w@.-]+)\s+([A-Za-z0-9+/]+=*)(?:\s|$)/.exec(line);
  return found ? `${found[1]} ${found[2]}` : null;
}

export function hasKey(text: string | null, key: string): boolean {
  const wanted = keyOf(key);
  return (text ?? '').split('\n').some((line) => wanted !== null && keyOf(line) === wanted);
}

/** One more line, unless this key may log in already, under whatever comment. */
export function withKey(text: string | null, key: string): string {
  if (text !== null && hasKey(text, key)) return text;
  const had = text ?? '';
  return `${had === '' || had.endsWith('\n') ? had : `${had}\n`}${key}\n`;
}

/** Without our line; a line with the same key and other words is not ours. */
export function withoutKey(text: string, key: string): string {
  const lines = text.split('\n');
  const at = lines.indexOf(key);
  return at < 0 ? text : lines.toSpliced(at, 1).join('\n');
}

interface Account {
  readonly user: string;
  readonly home: string;
  readonly uid: number;
}

/** Where sshd looks for keys of this user, as AuthorizedKeysFile says. */
export function keyFiles(setting: string, { user, home, uid }: Account): string[] {
  const tokens: Record<string, string> = { h: home, u: user, U: String(uid), '%': '%' };
  return setting
    .split(/\s+/)
    .filter((pattern) => pattern !== '' && pattern !== 'none')
    .map((pattern) => pattern.replace(/%(.)/g, (all, token: string) => tokens[token] ?? all))
    .map((path) => (path.startsWith('/') ? path : `${home}/${path}`));
}
