/**
 * Splits the value of a directive into words as OpenSSH does: both kinds of quotes, a backslash
 * before a quote, a backslash or (outside of quotes) a space; `#` begins a comment only where a
 * word would begin. Null: a quote is not closed.
 */
export function splitArguments(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const blank = char === ' ' || char === '\t';
    if (word === null && blank) continue;
    if (word === null && char === '#') break;
    word ??= '';
    if (char === '\\' && isEscaped(text.charAt(at + 1), quote)) {
      at += 1;
      word += text.charAt(at);
    } else if (quote !== '') {
      if (char === quote) quote = '';
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (blank) {
      words.push(word);
      word = null;
    } else {
      word += char;
    }
  }
  if (quote !== '') return null;
  return word === null ? words : [...words, word];
}

function isEscaped(next: string, quote: string): boolean {
  return next === '"' || next === "'" || next === '\\' || (next === ' ' && quote === '');
}
