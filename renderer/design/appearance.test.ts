import { describe, expect, it } from 'vitest';
import { parseThemeChoice, resolveAppearance } from './appearance.ts';

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
});
