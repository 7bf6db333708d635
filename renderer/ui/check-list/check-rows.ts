import type { ShownCheck } from '../../../shared/checks/check.ts';
import { type CheckView, checkKey, checkViews, viewOf } from './check-words.ts';

export interface CheckFilter {
  readonly search: string;
  /** None: all. */
  readonly views: readonly CheckView[];
}

export const everyCheck: CheckFilter = { search: '', views: [] };

export type CheckRow =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly group: string;
      readonly counts: Counts;
    }
  | {
      readonly kind: 'check';
      readonly key: string;
      readonly check: ShownCheck;
      readonly view: CheckView;
    };

export type Counts = Readonly<Record<CheckView, number>>;

export function countViews(checks: readonly ShownCheck[], now: number): Counts {
  const counts: Record<CheckView, number> = {
    pass: 0,
    warn: 0,
    fail: 0,
    unknown: 0,
    'not-applicable': 0,
    accepted: 0,
  };
  for (const check of checks) counts[viewOf(check, now)] += 1;
  return counts;
}

function matches(check: ShownCheck, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { title, found, part, group, subject } = check;
  const text = [title, found, part, group, subject.name, check.check].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/**
 * The lines of a list: groups in the order in which they first come, within them the checks as they come,
 * so that nothing moves under the hand when one runs again. Empty groups have no line.
 */
export function checkRows(
  checks: readonly ShownCheck[],
  { search, views }: CheckFilter,
  now: number,
): readonly CheckRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, ShownCheck[]>();
  for (const check of checks) {
    if (views.length > 0 && !views.includes(viewOf(check, now))) continue;
    if (!matches(check, words)) continue;
    const group = groups.get(check.group);
    if (group === undefined) groups.set(check.group, [check]);
    else group.push(check);
  }
  return [...groups].flatMap(([group, members]): CheckRow[] => [
    { kind: 'group', key: `group ${group}`, group, counts: countViews(members, now) },
    ...members.map((check): CheckRow => {
      return { kind: 'check', key: checkKey(check), check, view: viewOf(check, now) };
    }),
  ]);
}

/** The chips to offer: what there is, and what is chosen though there is none of it now. */
export function offeredViews(counts: Counts, chosen: readonly CheckView[]): readonly CheckView[] {
  return checkViews.filter((view) => counts[view] > 0 || chosen.includes(view));
}
