import { describe, expect, it } from 'vitest';
import { createLayoutStore, inspectorShows } from './layout-store.ts';

function setUp() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage; // the two that are called
  const layout = createLayoutStore(storage);
  return {
    layout,
    shows: (selected: boolean) => inspectorShows(layout.store.getState(), selected),
  };
}

describe('the inspector', () => {
  it('comes with a selection and goes with it', () => {
    const { shows } = setUp();
    expect([shows(false), shows(true)]).toEqual([false, true]);
  });

  it('stays closed once it was closed over a selection', () => {
    const { layout, shows } = setUp();
    layout.toggleInspector(true);
    expect([shows(false), shows(true)]).toEqual([false, false]);
    layout.toggleInspector(true);
    expect([shows(false), shows(true)]).toEqual([false, true]);
  });

  it('opens empty when asked for, and closes again', () => {
    const { layout, shows } = setUp();
    layout.toggleInspector(false);
    expect(shows(false)).toBe(true);
    layout.toggleInspector(false);
    expect(shows(false)).toBe(false);
  });
});
