import type { EntryPreview } from '../../../shared/contract/quick-entry.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import { countOf } from '../../../shared/model/kinds/words.ts';
import { formatCount } from '../../ui/formatting.ts';

/** `4 devices, 8 interfaces and 4 addresses`; of a long entry what was tried out of it. */
export function makesText({ makes, counts }: EntryPreview): string {
  const parts = makes.map(({ kind, count }) => countOf(kindOf(kind), count));
  const last = parts.pop();
  if (last === undefined) return 'nothing';
  const all = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  if (counts.untried === 0) return all;
  return `${all}, for the first ${formatCount(counts.new, 'device')}`;
}

/** What stands in the way of adding; null: nothing. */
export function obstacleText(preview: EntryPreview, leaveOut: boolean): string | null {
  const { counts } = preview;
  const parts = [
    counts.faulty > 0 && `${formatCount(counts.faulty, 'device')} cannot be added`,
    counts.exists > 0 &&
      !leaveOut &&
      `${formatCount(counts.exists, 'device')} ${counts.exists === 1 ? 'is' : 'are'} there already`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : `${parts.join(', ')}.`;
}

/** How many devices would be added in the end. */
export const addedCount = ({ counts }: EntryPreview): number => counts.new + counts.untried;
