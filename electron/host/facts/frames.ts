/** How a part ended: its tool's exit code, or why there is none. */
export type PartEnd = number | 'late' | 'too-large' | 'skipped' | 'no-sleep' | 'cut';

export interface Part {
  readonly end: PartEnd;
  /** stdout and stderr as they came. */
  readonly text: string;
}

export interface Frames {
  readonly began: boolean;
  readonly ended: boolean;
  readonly parts: ReadonlyMap<string, Part>;
  /** The part that was open, or came last, when the output stopped. */
  readonly lastPart: string | null;
}

const special = new Set<string>(['late', 'too-large', 'skipped', 'no-sleep']);

function isSpecial(word: string): word is Exclude<PartEnd, number | 'cut'> {
  return special.has(word);
}

function endOf(word: string): PartEnd {
  if (isSpecial(word)) return word;
  const code = Number(word);
  return Number.isInteger(code) && word !== '' ? code : 'cut';
}

/**
 * Cuts the script's output into its parts. Everything outside the marks of this nonce (banners, login
 * profiles, output of tools that imitate marks) is not looked at. Bytes that are not UTF-8 become
 * U+FFFD, so that one odd name does not take the rest with it.
 */
export function readFrames(output: Uint8Array | string, nonce: string): Frames {
  const text = typeof output === 'string' ? output : new TextDecoder().decode(output);
  const parts = new Map<string, Part>();
  const pieces = `\n${text}`.split(`\n@@${nonce} `);
  let open: { label: string; text: string } | null = null;
  let began = false;
  let ended = false;
  let lastPart: string | null = null;
  for (const piece of pieces.slice(1)) {
    const lineEnd = piece.indexOf('\n');
    // A mark without its line end was cut in the middle.
    if (lineEnd === -1) break;
    const [verb = '', word = ''] = piece.slice(0, lineEnd).split(' ');
    if (verb === 'begin') began = true;
    else if (verb === 'end' && began) ended = true;
    if (!began || ended) continue;
    if (open && !parts.has(open.label)) {
      parts.set(open.label, { end: verb === 'exit' ? endOf(word) : 'cut', text: open.text });
    }
    open = null;
    if (verb === 'part') {
      open = { label: word, text: piece.slice(lineEnd + 1) };
      lastPart = word;
    }
  }
  if (open && !parts.has(open.label)) parts.set(open.label, { end: 'cut', text: open.text });
  return { began, ended, parts, lastPart };
}
