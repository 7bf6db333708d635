/** A word of a line with where it stands, so that what is wrong can be shown there. */
export interface Word {
  /** Without quotes; brackets that stood in quotes are escaped, as name-pattern.ts reads them. */
  readonly text: string;
  readonly at: number;
  readonly length: number;
}

export interface WordProblem {
  readonly problem: string;
  readonly at: number;
  readonly length: number;
}

/** Cuts a line at blanks that stand neither in "quotes" nor in [brackets]. */
export function wordsOf(line: string): Word[] | WordProblem {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line[at] ?? '')) {
      at += 1;
      continue;
    }
    const start = at;
    let text = '';
    let bracket = false;
    while (at < line.length && (bracket || !/\s/.test(line[at] ?? ''))) {
      const sign = line[at] ?? '';
      if (sign === '"' && !bracket) {
        const end = line.indexOf('"', at + 1);
        if (end === -1) {
          return { problem: 'This quote is not closed.', at, length: line.length - at };
        }
        text += line.slice(at + 1, end).replaceAll(/[[\]]/g, '\\$&');
        at = end + 1;
        continue;
      }
      if (sign === '[' && line[at - 1] !== '\\') bracket = true;
      if (sign === ']') bracket = false;
      text += sign;
      at += 1;
    }
    words.push({ text, at: start, length: at - start });
  }
  return words;
}
