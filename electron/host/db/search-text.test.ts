import { describe, expect, it } from 'vitest';
import { naturalKey } from './natural-key.ts';
import { matchExpression } from './search-text.ts';

describe('matchExpression', () => {
  it('asks for every word as a prefix', () => {
    expect(matchExpression('pi  debian')).toBe('("pi" *) AND ("debian" *)');
  });

  it('has nothing to ask where nothing was typed that can be found', () => {
    expect(matchExpression('  " * ( ')).toBeUndefined();
  });

  it('tries a MAC in the one form that is indexed, whatever its notation', () => {
    for (const mac of ['AA:BB:CC:1', 'aa-bb-cc-1', 'aabb.cc1']) {
      expect(matchExpression(mac)).toContain('"aabbcc1" *');
    }
    expect(matchExpression('pi-4')).toBe('("pi-4" *)');
  });

  it('tries an address and the beginning of one as one word', () => {
    expect(matchExpression('10.0.1')).toContain('"ip10x0x1" *');
    expect(matchExpression('FD00:0:0::2')).toContain('"ipfd00xx2" *');
  });

  it('takes control characters for space between words', () => {
    expect(matchExpression('a\0b\u001b\u0085c\0')).toBe('("a" *) AND ("b" *) AND ("c" *)');
    expect(matchExpression('\0')).toBeUndefined();
  });

  it('lets nobody write query syntax', () => {
    expect(matchExpression('a" OR "b')).toBe('("a " *) AND ("OR" *) AND (" b" *)');
  });
});

describe('naturalKey', () => {
  it('sorts numbers inside names as numbers, in any case', () => {
    const names = ['pi-10', 'PI-2', 'pi-1', 'nas', 'pi-02b', 'rack 100'];
    expect(names.sort((a, b) => (naturalKey(a) < naturalKey(b) ? -1 : 1))).toEqual([
      'nas',
      'pi-1',
      'PI-2',
      'pi-02b',
      'pi-10',
      'rack 100',
    ]);
  });
});

describe('many words', () => {
  it('asks for equal words once, and not for one that another one begins with', () => {
    expect(matchExpression(Array.from({ length: 49 }, () => 'pi').join(' '))).toBe('("pi" *)');
    expect(matchExpression('PI pi-1 pi')).toBe('("pi-1" *)');
  });

  it('asks for no more than a few, the longest of them', () => {
    const words = Array.from({ length: 30 }, (_, n) => `${'abcdefghij'[n % 10]}${n}`);
    expect(matchExpression(words.join(' '))?.split(' AND ')).toHaveLength(8);
    expect(matchExpression('a b c d e f g h i longer')).toContain('"longer" *');
  });
});
