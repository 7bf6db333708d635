import { visibleText } from '../../../shared/visible-text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is looked for.
const escapeOrControl = /[\u001b\u0080-\u009f]|\p{Bidi_Control}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what ends a string.
const stringEnd = /[\u0007\u0018\u001a\u001b]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a whole control sequence, at its place.
const sequence = /\u001b\[[0-?]*[ -/]*([@-~])/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the beginning of one.
const begun = /\u001b\[[0-?]*[ -/]*$/y;

/** Strings that a terminal takes for commands: titles, clipboard, links, device settings. */
const stringStarts: ReadonlySet<string> = new Set([']', 'P', 'X', '^', '_']);
/** After so many characters an unfinished one is no string any more. */
const mostString = 64 * 1024;
const mostSequence = 256;

/**
 * What a program elsewhere writes to a terminal, without what a terminal should not be made to do: set the
 * clipboard or the title, make links, report the title or the window as if it was typed. Colours, cursor
 * and screen stay; marks that turn the direction of text are written out. It comes in pieces.
 */
export class ScreenFilter {
  #carry = '';
  /** Characters of an unfinished string so far; null: there is none. */
  #string: number | null = null;

  write(piece: string): string {
    const text = this.#carry + piece;
    this.#carry = '';
    let kept = '';
    let at = 0;
    while (at < text.length) {
      if (this.#string !== null) {
        at = this.#skipString(text, at);
        continue;
      }
      escapeOrControl.lastIndex = at;
      const found = escapeOrControl.exec(text);
      if (found === null) return kept + text.slice(at);
      kept += text.slice(at, found.index);
      at = found.index + 1;
      if (found[0] > '\u009f') kept += visibleText(found[0]);
      if (found[0] !== '\u001b') continue;
      const { pass, next } = this.#escape(text, found.index);
      kept += pass;
      at = next;
    }
    return kept;
  }

  #escape(text: string, at: number): { readonly pass: string; readonly next: number } {
    const after = text[at + 1];
    if (after === undefined) return this.#wait(text, at);
    if (stringStarts.has(after)) {
      this.#string = 0;
      return { pass: '', next: at + 2 };
    }
    if (after !== '[') return { pass: text.slice(at, at + 2), next: at + 2 };
    sequence.lastIndex = at;
    const [whole, final] = sequence.exec(text) ?? [];
    if (whole !== undefined && whole.length < mostSequence) {
      // Window operations: some of them report.
      return { pass: final === 't' ? '' : whole, next: at + whole.length };
    }
    begun.lastIndex = at;
    if (text.length - at < mostSequence && begun.test(text)) return this.#wait(text, at);
    return { pass: '', next: at + 2 };
  }

  #wait(text: string, at: number): { readonly pass: string; readonly next: number } {
    this.#carry = text.slice(at);
    return { pass: '', next: text.length };
  }

  #skipString(text: string, at: number): number {
    stringEnd.lastIndex = at;
    const found = stringEnd.exec(text);
    const end = found?.index ?? text.length;
    this.#string = (this.#string ?? 0) + end - at;
    if (found === null) {
      if (this.#string > mostString) this.#string = null;
      return end;
    }
    if (found[0] !== '\u001b') {
      this.#string = null;
      return end + 1;
    }
    if (end + 1 === text.length) {
      this.#carry = '\u001b';
      return text.length;
    }
    this.#string = null;
    // Any other escape ends it as well, and begins something of its own.
    return text[end + 1] === '\\' ? end + 2 : end;
  }
}
