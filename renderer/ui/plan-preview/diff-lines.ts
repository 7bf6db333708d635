import type { Hunk } from '../../../shared/jobs/line-diff.ts';

/** The first lines of the hunks, however many hunks that takes. */
export function firstOf(hunks: readonly Hunk[], lines: number): readonly Hunk[] {
  const taken: Hunk[] = [];
  let left = lines;
  for (const hunk of hunks) {
    if (left <= 0) break;
    taken.push(hunk.lines.length > left ? { ...hunk, lines: hunk.lines.slice(0, left) } : hunk);
    left -= hunk.lines.length;
  }
  return taken;
}
