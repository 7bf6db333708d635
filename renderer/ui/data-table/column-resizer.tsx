import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { widthCommand } from './column-widths.ts';
import type { ColumnHeader, ResizeColumn } from './columns.ts';
import classes from './data-table.module.css';

interface ColumnResizerProps {
  readonly title: string;
  readonly header: ColumnHeader;
  readonly onResize: ResizeColumn;
}

/** The right edge of a column's head: dragged, or moved with the arrow keys. */
export function ColumnResizer({ title, header, onResize }: ColumnResizerProps) {
  const handle = useRef<HTMLDivElement>(null);
  const { minSize = 0, maxSize = 0 } = header.column.columnDef;
  const { id } = header.column;

  /** A column that takes the room that is left is wider than its size. */
  const shownWidth = () => handle.current?.parentElement?.offsetWidth ?? header.getSize();

  function onKeyDown(event: KeyboardEvent): void {
    const now = shownWidth();
    const command = widthCommand(event, { now, min: minSize, max: maxSize });
    if (command === null) return;
    event.preventDefault();
    onResize(id, command === 'reset' ? null : command);
  }

  function onPointerDown(event: PointerEvent): void {
    // From where its edge is, not from where it would be without the room that it took.
    onResize(id, shownWidth());
    header.getResizeHandler()(event);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a movable separator is no hr
    <div
      ref={handle}
      className={classes.resizer}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${title}`}
      aria-valuenow={Math.round(header.getSize())}
      aria-valuemin={minSize}
      aria-valuemax={maxSize}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onDoubleClick={() => onResize(id, null)}
    />
  );
}
