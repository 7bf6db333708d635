/** Where a page was left: how far its parts were scrolled, and what had the keyboard. */
export interface ViewSnapshot {
  readonly scrolled: readonly {
    readonly part: PartName;
    readonly top: number;
    readonly left: number;
  }[];
  readonly focused: PartName | null;
}

/**
 * A part of the page by what it is and is called, since a page that is drawn anew has other elements.
 * `nth` tells those apart that are called alike.
 */
export interface PartName {
  readonly tag: string;
  readonly name: string;
  readonly nth: number;
}

export interface ViewMemory {
  /** Keeps how the page stands, before another one is drawn. */
  leave(index: number): void;
  /** Puts the page as it was left there; as a new one begins where it is not known. */
  arrive(index: number): void;
  /** What was kept of these entries and later ones leads nowhere any more. */
  forgetFrom(index: number): void;
}

const longestName = 120;

function nameOf(element: Element): string {
  const link = element.getAttribute('href');
  const label = element.getAttribute('aria-label');
  return link ?? label ?? (element.textContent ?? '').trim().slice(0, longestName);
}

const alike = (root: ParentNode, tag: string, name: string) =>
  [...root.querySelectorAll(tag)].filter((element) => nameOf(element) === name);

export function partOf(root: ParentNode, element: Element): PartName {
  const role = element.getAttribute('role');
  const tag = element.localName + (role === null ? '' : `[role="${role}"]`);
  const name = nameOf(element);
  return { tag, name, nth: alike(root, tag, name).indexOf(element) };
}

export function findPart(root: ParentNode, { tag, name, nth }: PartName): HTMLElement | null {
  const found = alike(root, tag, name)[nth];
  return found instanceof HTMLElement ? found : null;
}

/** What scrolls in the content; the rest of the window stays when the page changes. */
const scrollable = 'main, main section, main [role="grid"], main [data-scrolls]';

export function takeSnapshot(page: Document): ViewSnapshot {
  const scrolled = [...page.querySelectorAll(scrollable)]
    .filter(({ scrollTop, scrollLeft }) => scrollTop > 0 || scrollLeft > 0)
    .map((part) => ({ part: partOf(page, part), top: part.scrollTop, left: part.scrollLeft }));
  const { activeElement } = page;
  const inContent = activeElement?.closest('main') != null && activeElement.localName !== 'main';
  return {
    scrolled,
    focused: inContent && activeElement !== null ? partOf(page, activeElement) : null,
  };
}

/** What a screen reads may come late; what is not there by then is left. */
const longestWaitMs = 3_000;
/** Frames without a change after which the page is taken for drawn. */
const calmFrames = 12;

/** Anything that a person does ends it: from then on the page is theirs. */
const personsDoing = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/** Scrolls and focuses as the page comes to be drawn. Returns what stops it. */
function restore(view: Window, snapshot: ViewSnapshot): () => void {
  const page = view.document;
  const until = view.performance.now() + longestWaitMs;
  let focused = snapshot.focused === null;
  let calm = 0;
  let frame = 0;

  function step(): void {
    let moved = false;
    for (const { part, top, left } of snapshot.scrolled) {
      const element = findPart(page, part);
      if (element === null) moved = true;
      else if (Math.abs(element.scrollTop - top) > 1 || Math.abs(element.scrollLeft - left) > 1) {
        element.scrollTo({ top, left, behavior: 'instant' });
        moved = true;
      }
    }
    if (!focused && snapshot.focused !== null) {
      const element = findPart(page, snapshot.focused);
      element?.focus({ preventScroll: true });
      focused = element !== null && page.activeElement === element;
      moved = true;
    }
    calm = moved ? 0 : calm + 1;
    if (calm < calmFrames && view.performance.now() < until) {
      frame = view.requestAnimationFrame(step);
    } else stop();
  }

  function stop(): void {
    view.cancelAnimationFrame(frame);
    for (const event of personsDoing) view.removeEventListener(event, stop, true);
  }

  for (const event of personsDoing) view.addEventListener(event, stop, true);
  frame = view.requestAnimationFrame(step);
  return stop;
}

export function createViewMemory(view: Window): ViewMemory {
  const kept = new Map<number, ViewSnapshot>();
  let stop = () => {};
  return {
    leave(index) {
      stop();
      kept.set(index, takeSnapshot(view.document));
    },
    arrive(index) {
      stop();
      const snapshot = kept.get(index);
      if (snapshot !== undefined) {
        stop = restore(view, snapshot);
        return;
      }
      // The same screen with another filter keeps its elements; it is read from the top.
      for (const part of view.document.querySelectorAll(scrollable)) part.scrollTo({ top: 0 });
    },
    forgetFrom(index) {
      for (const key of kept.keys()) if (key >= index) kept.delete(key);
    },
  };
}
