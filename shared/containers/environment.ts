/** Names of variables whose values are seldom for every eye. */
const secretNames =
  /pass(word|wd|phrase)?|secret|token|credential|api_?key|access_?key|private|auth(?!or)|_key$|^key$|dsn|cookie|salt/i;
/** A name and a password in an address. */
const inAddress = /:\/\/[^/\s:@]*:[^/\s@]+@/;

export interface Variable {
  readonly name: string;
  /** Null: it looks like a secret, and is told only when asked for. */
  readonly value: string | null;
}

const longestValue = 2_000;

/** `NAME=value`. */
export function splitVariable(text: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf('=');
  return at === -1
    ? { name: text, value: '' }
    : { name: text.slice(0, at), value: text.slice(at + 1) };
}

export function looksSecret(name: string, value: string): boolean {
  return value !== '' && (secretNames.test(name) || inAddress.test(value));
}

export function shownVariable(text: string): Variable {
  const { name, value } = splitVariable(text);
  return { name, value: looksSecret(name, value) ? null : value.slice(0, longestValue) };
}

/** The same text with what looks like a secret left out, for what is shown as the engine gave it. */
export function hiddenVariable(text: string): string {
  const { name, value } = splitVariable(text);
  return looksSecret(name, value) ? `${name}=(hidden)` : text;
}
