/** Which rows of one height are to be drawn. */
export interface LogWindow {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

/** Rows above and below those in view, so that scrolling shows no gap. */
const spare = 20;

export function windowOf(count: number, top: number, height: number, rowHeight: number): LogWindow {
  const first = Math.max(0, Math.min(count, Math.floor(top / rowHeight)) - spare);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + spare);
  return { first, end: Math.max(first, end) };
}

/** Less than two rows from the end is the end: a person who scrolled there wants to follow it. */
export function isAtEnd(
  {
    scrollTop,
    clientHeight,
    scrollHeight,
  }: Readonly<Record<'scrollTop' | 'clientHeight' | 'scrollHeight', number>>,
  rowHeight: number,
): boolean {
  return scrollHeight - clientHeight - scrollTop < rowHeight * 2;
}
