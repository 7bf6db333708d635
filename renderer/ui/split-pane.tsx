import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import classes from './split-pane.module.css';

interface SidePaneProps {
  readonly label: string;
  /** Its size is kept in this browser under this name. */
  readonly storageKey: string;
  readonly side: 'right' | 'bottom';
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  readonly children: ReactNode;
}

const step = 16;

function readSize({ storageKey, initial, min, max }: SidePaneProps): number {
  const stored = Number(localStorage.getItem(storageKey));
  return stored >= min && stored <= max ? stored : initial;
}

/** A pane at the right or the bottom whose edge is dragged, or moved with the arrow keys. */
export function SidePane(props: SidePaneProps) {
  const { side, min, max, label } = props;
  const [size, setSize] = useState(() => readSize(props));
  const drag = useRef<{ readonly from: number; readonly size: number } | null>(null);
  const right = side === 'right';

  function resize(next: number): void {
    const bounded = Math.round(Math.min(max, Math.max(min, next)));
    setSize(bounded);
    localStorage.setItem(props.storageKey, String(bounded));
  }

  const along = (event: PointerEvent) => (right ? event.clientX : event.clientY);

  function onKeyDown(event: KeyboardEvent): void {
    const grow = right ? 'ArrowLeft' : 'ArrowUp';
    const shrink = right ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== grow && event.key !== shrink) return;
    event.preventDefault();
    resize(size + (event.key === grow ? step : -step));
  }

  return (
    <aside
      className={classes.pane}
      data-side={side}
      aria-label={label}
      style={right ? { width: size } : { height: size }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a movable separator is no hr */}
      <div
        className={classes.handle}
        role="separator"
        tabIndex={0}
        aria-label={`Resize ${label.toLowerCase()}`}
        aria-orientation={right ? 'vertical' : 'horizontal'}
        aria-valuenow={size}
        aria-valuemin={min}
        aria-valuemax={max}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { from: along(event), size };
        }}
        onPointerMove={(event) => {
          if (drag.current === null) return;
          resize(drag.current.size + drag.current.from - along(event));
        }}
        // Also when the system takes the pointer away.
        onLostPointerCapture={() => {
          drag.current = null;
        }}
      />
      {props.children}
    </aside>
  );
}
