import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  choiceCookie,
  keptChoice,
  parseThemeChoice,
  resolveAppearance,
  themeChoices,
} from './appearance.ts';

describe('theme', () => {
  it('follows the system in light, dark and contrast', () => {
    expect(resolveAppearance('system', { dark: true, moreContrast: true })).toEqual({
      theme: 'dark',
      contrast: 'more',
    });
    expect(resolveAppearance('system', { dark: false, moreContrast: false })).toEqual({
      theme: 'light',
      contrast: 'normal',
    });
  });

  it('keeps a chosen theme whatever the system says', () => {
    expect(resolveAppearance('light', { dark: true, moreContrast: true })).toEqual({
      theme: 'light',
      contrast: 'normal',
    });
  });

  it('has high contrast in the light or dark form that the system wants', () => {
    expect(resolveAppearance('contrast', { dark: true, moreContrast: false }).theme).toBe('dark');
    expect(resolveAppearance('contrast', { dark: false, moreContrast: false }).contrast).toBe(
      'more',
    );
  });

  it('takes what it does not know for the system', () => {
    expect(parseThemeChoice('sepia')).toBe('system');
    expect(parseThemeChoice(null)).toBe('system');
  });

  it('goes by the cookie, which holds for every port, and else by what is stored', () => {
    expect(keptChoice('rackhelm-4680=secret; rackhelm-appearance=dark', 'light')).toBe('dark');
    expect(keptChoice('rackhelm-4680=secret', 'light')).toBe('light');
    expect(keptChoice('', null)).toBe('system');
    expect(keptChoice('rackhelm-appearance=sepia', 'light')).toBe('system');
  });

  it('is kept for a year, for our own pages only', () => {
    expect(choiceCookie('contrast')).toBe(
      'rackhelm-appearance=contrast; Max-Age=31536000; SameSite=Strict; Path=/',
    );
  });
});

describe('the script that runs before the first paint', () => {
  const script = readFileSync(new URL('../public/early-theme.js', import.meta.url), 'utf8');

  /** What it makes of the page. */
  function painted(cookie: string, stored: string | null, dark: boolean) {
    const dataset: Record<string, string> = {};
    vm.runInNewContext(script, {
      document: { cookie, documentElement: { dataset } },
      localStorage: { getItem: () => stored },
      matchMedia: (query: string) => ({ matches: dark && query.includes('dark') }),
    });
    return dataset;
  }

  it('decides as the app does, whatever was chosen and wherever it was kept', () => {
    for (const dark of [true, false]) {
      const system = { dark, moreContrast: false };
      for (const choice of themeChoices) {
        const expected = resolveAppearance(choice, system);
        expect(painted(`a=b; ${choiceCookie(choice).split(';')[0]}`, 'light', dark)).toEqual(
          expected,
        );
        expect(painted('', choice, dark)).toEqual(expected);
      }
    }
  });
});
