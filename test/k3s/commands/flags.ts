/** Words of a command, and its flags by their names without hyphens. */
export function readFlags(words: readonly string[], switches: readonly string[] = []) {
  const rest: string[] = [];
  const flags = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, key = '', given] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (!word.startsWith('-')) rest.push(word);
    else if (given !== undefined) flags.set(key, given);
    else if (switches.includes(key)) flags.set(key, 'true');
    else {
      at += 1;
      flags.set(key, words[at] ?? '');
    }
  }
  return { rest, flags };
}
