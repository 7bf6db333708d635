/** A text that is being edited in place, and what is stored of it, which may change meanwhile. */
export interface Edit {
  readonly typed: string;
  /** What was stored when the field was opened, or when the person was last told of a change. */
  readonly base: string;
  /** What is stored now. */
  readonly live: string;
}

/**
 * `unchanged`: nothing is to be written; a field that was only opened must not bring back what
 * another window replaced. `ask`: both changed it, and the person decides.
 */
export type EditStep = 'unchanged' | 'save' | 'ask';

export function editStep({ typed, base, live }: Edit): EditStep {
  const next = typed.trim();
  if (next === base.trim() || next === live.trim()) return 'unchanged';
  return base === live ? 'save' : 'ask';
}

/** How a field that is edited is told that it was changed elsewhere. `keep`: what keeps one's own. */
export function changedElsewhere(live: string, keep: string): string {
  const now = live === '' ? 'emptied' : `changed to “${live}”`;
  return `It was ${now} elsewhere meanwhile. ${keep} keeps yours, Escape leaves it so.`;
}
