import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRecoveryKey, readRecoveryKey } from './recovery-key.ts';
import { importKey, seal, unseal } from './seal.ts';

const bytes = fc.uint8Array({ maxLength: 5_000 });

describe('what is sealed', () => {
  it('comes back as it was, whatever bytes and context', async () => {
    const key = await importKey(randomBytes(32));
    await fc.assert(
      fc.asyncProperty(bytes, fc.string(), async (plain, context) => {
        const back = await unseal(key, await seal(key, plain, context), context);
        expect(back?.equals(plain)).toBe(true);
      }),
    );
  });

  it('opens by no other key or context, and not after any one bit was changed', async () => {
    const key = await importKey(randomBytes(32));
    const other = await importKey(randomBytes(32));
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(), fc.nat(7), async (plain, at, bit) => {
        const sealed = await seal(key, plain, 'here');
        expect(await unseal(other, sealed, 'here')).toBeNull();
        expect(await unseal(key, sealed, 'there')).toBeNull();
        const torn = Buffer.from(sealed);
        const index = at % torn.length;
        torn[index] = (torn[index] ?? 0) ^ (1 << bit);
        expect(await unseal(key, torn, 'here')).toBeNull();
        expect(await unseal(key, sealed.subarray(0, at % sealed.length), 'here')).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it('never looks the same twice', async () => {
    const key = await importKey(randomBytes(32));
    const [one, two] = [
      await seal(key, Buffer.from('same'), ''),
      await seal(key, Buffer.from('same'), ''),
    ];
    expect(one.equals(two)).toBe(false);
  });
});

describe('a recovery key', () => {
  it('is read back however it was copied from the sheet', () => {
    for (let run = 0; run < 200; run += 1) {
      const text = newRecoveryKey();
      expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
      const key = readRecoveryKey(text);
      expect(key).toHaveLength(20);
      const copied = ` ${text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}\n`;
      expect(readRecoveryKey(copied)).toEqual(key);
    }
  });

  it('is told from one with a letter that is wrong, missing or too many', () => {
    const text = newRecoveryKey();
    for (let at = 0; at < text.length; at += 1) {
      if (text[at] === '-') continue;
      const letter = text[at] === 'Z' ? 'Y' : 'Z';
      expect(readRecoveryKey(text.slice(0, at) + letter + text.slice(at + 1))).toBeNull();
      expect(readRecoveryKey(text.slice(0, at) + text.slice(at + 1))).toBeNull();
      expect(readRecoveryKey(`${text.slice(0, at)}A${text.slice(at)}`)).toBeNull();
    }
    expect(readRecoveryKey('')).toBeNull();
    expect(readRecoveryKey('U'.repeat(36))).toBeNull();
  });
});
