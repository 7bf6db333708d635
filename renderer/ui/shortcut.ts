/** The part of a keyboard event that shortcuts need. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const onApple = (platform: string) => /mac|iphone|ipad/i.test(platform);

/** The keys to show: `mod+shift+Z` is `⇧ ⌘ Z` on a Mac and `Ctrl Shift Z` elsewhere. */
export function keyLabels(shortcut: string, platform: string): string[] {
  const apple = onApple(platform);
  const names: Readonly<Record<string, string>> = {
    arrowleft: '←',
    arrowright: '→',
    ...(apple
      ? { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↩' }
      : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', enter: 'Enter' }),
  };
  return shortcut.split('+').map((part) => names[part.toLowerCase()] ?? part);
}

/**
 * Whether a key press is this shortcut. `mod` is Command on a Mac and Control elsewhere. A shifted
 * character such as `?` is compared by the character, so it works on every keyboard layout.
 */
export function matchesShortcut(press: KeyPress, shortcut: string, platform: string): boolean {
  const parts = shortcut.toLowerCase().split('+');
  const key = parts.at(-1) ?? '';
  const mod = onApple(platform) ? press.metaKey : press.ctrlKey;
  const otherMod = onApple(platform) ? press.ctrlKey : press.metaKey;
  const letter = /^[a-z0-9]$/.test(key) || key.length > 1;
  return (
    press.key.toLowerCase() === key &&
    mod === parts.includes('mod') &&
    !otherMod &&
    press.altKey === parts.includes('alt') &&
    (!letter || press.shiftKey === parts.includes('shift'))
  );
}

/** Plain keys and undo belong to the field while a person types in it. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
  }
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
