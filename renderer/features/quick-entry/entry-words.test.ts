import { describe, expect, it } from 'vitest';
import type { EntryPreview } from '../../../shared/contract/quick-entry.ts';
import { addedCount, makesText, obstacleText } from './entry-words.ts';

const preview = (part: Partial<EntryPreview>): EntryPreview => ({
  problem: null,
  total: 4,
  counts: { new: 4, exists: 0, faulty: 0, untried: 0 },
  makes: [],
  rows: [],
  ...part,
});

describe('what an entry is said to do', () => {
  it('names what it adds, one and many', () => {
    expect(
      makesText(
        preview({
          makes: [
            { kind: 'device', count: 4 },
            { kind: 'interface', count: 1 },
            { kind: 'mac', count: 2 },
          ],
        }),
      ),
    ).toBe('4 devices, 1 interface and 2 MAC addresses');
    expect(makesText(preview({}))).toBe('nothing');
  });

  it('says that only the first of very many were tried out, and counts all', () => {
    const counts = { new: 300, exists: 0, faulty: 0, untried: 700 };
    const long = preview({ counts, makes: [{ kind: 'device', count: 300 }] });
    expect(makesText(long)).toBe('300 devices, for the first 300 devices');
    expect(addedCount(long)).toBe(1_000);
  });

  it('names what stands in the way, and devices that exist only where they are not left out', () => {
    const counts = { new: 1, exists: 1, faulty: 2, untried: 0 };
    expect(obstacleText(preview({ counts }), false)).toBe(
      '2 devices cannot be added, 1 device is there already.',
    );
    expect(obstacleText(preview({ counts }), true)).toBe('2 devices cannot be added.');
    expect(obstacleText(preview({ counts: { ...counts, faulty: 0 } }), true)).toBeNull();
  });
});
