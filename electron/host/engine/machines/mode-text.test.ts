import { describe, expect, it } from 'vitest';
import { modeBits, modeText } from './mode-text.ts';

describe('modes as ls writes them', () => {
  it.each([
    ['-rw-r--r--', 0o644],
    ['-rwsr-xr-x', 0o4755],
    ['-rwSr-Sr-T', 0o7644],
    ['-rwxr-sr-t', 0o3755],
    ['----------', 0],
  ])('%s', (text, mode) => {
    expect(modeBits(text)).toBe(mode);
    expect(modeText(mode)).toBe(text);
  });

  it('come back whatever they are, also with the marks of ACL and SELinux', () => {
    for (let mode = 0; mode <= 0o7777; mode += 1) expect(modeBits(`${modeText(mode)}+`)).toBe(mode);
  });
});
