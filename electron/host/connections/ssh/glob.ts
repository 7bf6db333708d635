/**
 * OpenSSH's patterns: `*` any characters, `?` exactly one, everything else itself, case counts. Linear
 * in both for patterns as people write them, and never worse than the text squared: only the last star
 * is ever tried again.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let read = 0; read < text.length; ) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at;
      resume = read;
      at += 1;
    } else if (wanted === '?' || (wanted !== undefined && wanted === text[read])) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      resume += 1;
      read = resume;
      at = star + 1;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** A list of patterns: one has to match, and no negated one (`!pattern`) may. */
export function matchesList(patterns: readonly string[], text: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      if (matchesPattern(pattern.slice(1), text)) return false;
    } else if (!matched) matched = matchesPattern(pattern, text);
  }
  return matched;
}
