import { describe, expect, it } from 'vitest';
import { keepWidths, readWidths, widthCommand } from './column-widths.ts';

const press = (key: string, shiftKey = false) => ({ key, shiftKey });
const width = { now: 100, min: 56, max: 400 };

describe('the width of a column by keys', () => {
  it('moves its edge with the arrows, further with Shift', () => {
    expect(widthCommand(press('ArrowRight'), width)).toBe(108);
    expect(widthCommand(press('ArrowLeft'), width)).toBe(92);
    expect(widthCommand(press('ArrowRight', true), width)).toBe(148);
  });

  it('stops at both bounds', () => {
    expect(widthCommand(press('ArrowLeft', true), { ...width, now: 60 })).toBe(56);
    expect(widthCommand(press('ArrowRight'), { ...width, now: 399 })).toBe(400);
  });

  it('gives back its first width with Home, and leaves other keys alone', () => {
    expect(widthCommand(press('Home'), width)).toBe('reset');
    for (const key of ['ArrowUp', 'Enter', 'Tab', 'a']) {
      expect(widthCommand(press(key), width)).toBeNull();
    }
  });
});

describe('widths that are kept', () => {
  function memory(): Storage {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    } as Storage; // the three that are called
  }

  it('are those of this table', () => {
    const storage = memory();
    keepWidths(storage, 'Devices', { name: 200 });
    expect(readWidths(storage, 'Devices')).toEqual({ name: 200 });
    expect(readWidths(storage, 'Services')).toEqual({});
    keepWidths(storage, 'Devices', {});
    expect(readWidths(storage, 'Devices')).toEqual({});
  });

  it('are none where something else stands there', () => {
    const storage = memory();
    for (const text of ['{', '[]', '{"name":"wide"}', '{"name":-1}', '{"name":1e9}']) {
      storage.setItem('rackhelm-columns-devices', text);
      expect(readWidths(storage, 'Devices')).toEqual({});
    }
  });
});
