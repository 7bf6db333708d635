import { type RefObject, useEffect, useRef } from 'react';

interface NextFocus {
  readonly root: RefObject<HTMLDivElement | null>;
  /** Call when one is pressed, before anything changes. */
  pressed(): void;
}

/**
 * Keeps the keyboard where it was when the pressed button goes with its row: the next button of that
 * class takes the focus once what is shown has changed.
 */
export function useNextFocus(buttonClass: string, shown: unknown, busy: boolean): NextFocus {
  const root = useRef<HTMLDivElement>(null);
  const before = useRef<{ readonly at: number; readonly shown: unknown } | null>(null);

  useEffect(() => {
    if (before.current === null || busy) return;
    const { at } = before.current;
    if (before.current.shown !== shown) before.current = null;
    const active = document.activeElement;
    if (active !== document.body && !root.current?.contains(active)) return;
    const left = [...(root.current?.querySelectorAll<HTMLElement>(`.${buttonClass}`) ?? [])];
    const next = left[Math.min(at, left.length - 1)];
    (next ?? root.current)?.focus({ preventScroll: next === undefined });
  }, [busy, shown, buttonClass]);

  return {
    root,
    pressed() {
      const buttons = root.current?.querySelectorAll(`.${buttonClass}`) ?? [];
      const at = [...buttons].indexOf(document.activeElement ?? document.body);
      before.current = { at: Math.max(0, at), shown };
    },
  };
}
