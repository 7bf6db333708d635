import { hidesSomething } from '../visible-text.ts';

const delimiter = 'END_OF_FILE';
const base64Width = 76;

/** A word that stands nowhere in the text, so that no line of it ends the document. */
function freeDelimiter(text: string): string {
  let word = delimiter;
  for (let n = 2; text.includes(word); n += 1) word = `${delimiter}_${n}`;
  return word;
}

/** Lines that stand in the script as they are, marked for who indents the others. */
const verbatim = (text: string) => text.split('\n').map((line) => `\0${line}`);

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary)
    .replace(new RegExp(`.{${base64Width}}`, 'g'), '$&\n')
    .trimEnd();
}

/**
 * Lines of a script that give a command a text as its standard input, byte for byte. What a person
 * could read stands there as it is; what would hide something from who reads the script is encoded.
 * A line that begins with NUL must not be indented.
 */
export function contentInput(command: string, text: string | null): string[] {
  if (text === null || text === '') return [`${command} < /dev/null`];
  if (hidesSomething(text)) {
    return [
      '# Encoded: it holds characters that cannot be seen.',
      `from_base64 <<'${delimiter}' | ${command}`,
      ...verbatim(base64(text)),
      `\0${delimiter}`,
    ];
  }
  const word = freeDelimiter(text);
  if (text.endsWith('\n')) {
    return [`${command} <<'${word}'`, ...verbatim(text.slice(0, -1)), `\0${word}`];
  }
  return [
    '# Its last line has no line break.',
    `without_end <<'${word}' | ${command}`,
    ...verbatim(text),
    `\0${word}`,
  ];
}
