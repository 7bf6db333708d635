import { beforeEach, describe, expect, it } from 'vitest';
import { paletteQuery, typeAhead } from './palette-handle.ts';

const press = (key: string, held = {}) => ({ key, ctrlKey: false, metaKey: false, ...held });

describe('keys before the palette has its field', () => {
  beforeEach(() => paletteQuery.setState({ text: '', entered: false }));

  it('keeps every letter in order', () => {
    for (const key of ['n', 'a', 'x', 'Backspace', 's']) expect(typeAhead(press(key))).toBe(true);
    expect(paletteQuery.getState().text).toBe('nas');
  });

  it('keeps Enter for what was typed, until more is typed', () => {
    expect(typeAhead(press('Enter'))).toBe(false);
    typeAhead(press('n'));
    expect(typeAhead(press('Enter'))).toBe(true);
    expect(paletteQuery.getState()).toEqual({ text: 'n', entered: true });
    typeAhead(press('a'));
    expect(paletteQuery.getState()).toEqual({ text: 'na', entered: false });
  });

  it('leaves commands and named keys alone', () => {
    expect(typeAhead(press('k', { ctrlKey: true }))).toBe(false);
    expect(typeAhead(press('Escape'))).toBe(false);
    expect(typeAhead(press('Shift'))).toBe(false);
    expect(paletteQuery.getState().text).toBe('');
  });
});
