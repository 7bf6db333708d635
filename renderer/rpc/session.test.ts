import { describe, expect, it } from 'vitest';
import { tokenOf } from './session.ts';

describe('one-time key in the address', () => {
  it('is read from the fragment', () => {
    expect(tokenOf('#token=a-b_c')).toBe('a-b_c');
    expect(tokenOf('#token=a%2Bb')).toBe('a+b');
  });

  it('is not there in an ordinary address', () => {
    expect(tokenOf('')).toBeNull();
    expect(tokenOf('#/devices?search=token=1')).toBeNull();
  });
});
