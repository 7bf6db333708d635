import { type RefObject, useEffect, useRef } from 'react';

interface NextFocus {
  readonly root: RefObject<HTMLDivElement | null>;
  /** Call when one is pressed, before anything changes. */
  pressed(): void;
}

interface Pressed {
  readonly at: number;
  readonly decides: string;
  readonly shown: unknown;
}

/**
 * Keeps the keyboard where it was when the pressed button goes with its row: the next button that
 * decides the same (`data-decides`) takes the focus once what is shown has changed. Never one that
 * decides more: whoever presses Enter line by line does not accept a whole interface.
 */
export function useNextFocus(shown: unknown, busy: boolean): NextFocus {
  const root = useRef<HTMLDivElement>(null);
  const before = useRef<Pressed | null>(null);

  useEffect(() => {
    if (before.current === null || busy) return;
    const { at, decides } = before.current;
    if (before.current.shown !== shown) before.current = null;
    const active = document.activeElement;
    if (active !== document.body && !root.current?.contains(active)) return;
    const left = decidersOf(root.current, decides);
    const next = left[Math.min(at, left.length - 1)];
    (next ?? root.current)?.focus({ preventScroll: next === undefined });
  }, [busy, shown]);

  return {
    root,
    pressed() {
      const focused = document.activeElement;
      const active = focused instanceof HTMLElement ? focused : document.body;
      const decides = active.dataset.decides ?? 'accept';
      const at = decidersOf(root.current, decides).indexOf(active);
      before.current = { at: Math.max(0, at), decides, shown };
    },
  };
}

function decidersOf(root: HTMLElement | null, decides: string): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>(`[data-decides="${decides}"]`) ?? [])];
}
