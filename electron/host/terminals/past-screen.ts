/** Characters that are kept of what a terminal showed, for a window that comes later. */
const most = 512 * 1024;
/** Cut off together, so that not each piece copies the rest. */
const slack = 128 * 1024;

// biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is looked for.
const modes = /\u001b\[\?([0-9;]+)([hl])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: reports that a terminal answers as if typed.
const questions = /\u001b\[[0-?]*(?:\$p|[cnqu])/g;
const lineEnd = /\n/g;

/** What a terminal showed, bounded; drawn again it answers nothing and rings no bell. */
export class PastScreen {
  #text = '';
  /** Modes of the terminal that what was cut off had set: another screen, a hidden cursor, the mouse. */
  readonly #modes = new Map<string, string>();

  add(piece: string): void {
    this.#text += piece;
    if (this.#text.length > most + slack) this.#cut();
  }

  text(): string {
    const set = [...this.#modes].map(([mode, how]) => `\u001b[?${mode}${how}`).join('');
    return (set + this.#text).replace(questions, '').replaceAll('\u0007', '');
  }

  #cut(): void {
    lineEnd.lastIndex = this.#text.length - most;
    // Never inside of an escape: a line that has no end is cut where one begins.
    const at = lineEnd.test(this.#text)
      ? lineEnd.lastIndex
      : this.#text.indexOf('\u001b', this.#text.length - most);
    const cut = at < 0 ? this.#text.length - most : at;
    for (const [, list = '', how = ''] of this.#text.slice(0, cut).matchAll(modes)) {
      for (const mode of list.split(';')) this.#modes.set(mode, how);
    }
    this.#text = this.#text.slice(cut);
  }
}
