/** What a key press means in a list of rows. `extend` keeps the anchor, as Shift does. */
export type GridCommand =
  | { readonly kind: 'move'; readonly to: number; readonly extend: boolean }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'open' }
  | { readonly kind: 'select-all' }
  | { readonly kind: 'clear' };

interface GridPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

interface GridPosition {
  readonly active: number | null;
  readonly count: number;
  /** Rows that fit into the view. */
  readonly pageSize: number;
}

function target(key: string, { active, count, pageSize }: GridPosition): number | null {
  const last = count - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (active === null)
    return ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp'].includes(key) ? 0 : null;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: pageSize,
    PageUp: -pageSize,
  };
  const step = steps[key];
  return step === undefined ? null : Math.min(last, Math.max(0, active + step));
}

/** Null: the key means nothing here and goes on to whoever else listens. */
export function gridCommand(press: GridPress, position: GridPosition): GridCommand | null {
  if (position.count === 0) return null;
  if (press.ctrlKey || press.metaKey) {
    return press.key.toLowerCase() === 'a' ? { kind: 'select-all' } : null;
  }
  if (press.key === 'Escape') return { kind: 'clear' };
  if (position.active !== null && press.key === ' ') return { kind: 'toggle' };
  if (position.active !== null && press.key === 'Enter') return { kind: 'open' };
  const to = target(press.key, position);
  return to === null ? null : { kind: 'move', to, extend: press.shiftKey };
}
