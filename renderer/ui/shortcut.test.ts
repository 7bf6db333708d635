import { describe, expect, it } from 'vitest';
import { keyLabels, matchesShortcut } from './shortcut.ts';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe('shortcuts', () => {
  it('names the keys of the computer at hand', () => {
    expect(keyLabels('mod+shift+Z', 'Linux x86_64')).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyLabels('mod+shift+Z', 'MacIntel')).toEqual(['⌘', '⇧', 'Z']);
  });

  it('takes Command on a Mac and Control elsewhere, never the other', () => {
    const command = { ...plain, key: 'k', metaKey: true };
    expect(matchesShortcut(command, 'mod+K', 'MacIntel')).toBe(true);
    expect(matchesShortcut(command, 'mod+K', 'Linux x86_64')).toBe(false);
    expect(matchesShortcut({ ...command, ctrlKey: true }, 'mod+K', 'MacIntel')).toBe(false);
  });

  it('takes a shifted character by the character, whatever the layout', () => {
    expect(matchesShortcut({ ...plain, key: '?', shiftKey: true }, '?', 'Linux')).toBe(true);
    expect(matchesShortcut({ ...plain, key: '?' }, '?', 'Linux')).toBe(true);
  });

  it('does not take a plain letter with a modifier held', () => {
    expect(matchesShortcut({ ...plain, key: 'n', ctrlKey: true }, 'N', 'Linux')).toBe(false);
    expect(matchesShortcut({ ...plain, key: 'N', shiftKey: true }, 'N', 'Linux')).toBe(false);
  });
});
