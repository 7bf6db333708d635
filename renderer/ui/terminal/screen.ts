import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { TerminalSize } from '../../../shared/terminals/screen.ts';

export interface ScreenNeeds {
  readonly onType: (data: string) => void;
  readonly onSize: (size: TerminalSize) => void;
  /** The keyboard leaves it. */
  readonly onLeave: () => void;
  /** An address in what it shows was clicked; absent: none is marked. */
  readonly onLink?: (address: string) => void;
  /** Searching was called for by its key. */
  readonly onFind?: () => void;
}

/** A screen that outlives the page that shows it. */
export interface Screen {
  readonly element: HTMLElement;
  readonly size: TerminalSize;
  write(text: string): Promise<void>;
  fit(): void;
  focus(): void;
  /** Selects the next place with that text; false: there is none. */
  find(text: string, way: 'next' | 'previous'): boolean;
  endFind(): void;
  /** As new. */
  reset(): void;
  /** Colours as the page has them by now. */
  paint(): void;
  dispose(): void;
}

const scrollback = 5_000;
const fontSize = 13;

export function createScreen({ onType, onSize, onLink, ...keys }: ScreenNeeds): Screen {
  const element = document.createElement('div');
  element.style.height = '100%';
  const terminal = new Terminal({
    ...{ scrollback, fontSize, ...looks() },
    cursorBlink: false,
    // What the host lets through holds no hidden links; an address that is written out asks first.
    linkHandler: { activate: () => {} },
  });
  const fitting = new FitAddon();
  terminal.loadAddon(fitting);
  const search = new SearchAddon();
  terminal.loadAddon(search);
  if (onLink !== undefined) {
    terminal.loadAddon(new WebLinksAddon((_, address) => onLink(address)));
  }
  terminal.attachCustomKeyEventHandler((event) => ownKey(event, terminal, keys));
  terminal.onData(onType);
  terminal.onResize(({ cols: columns, rows }) => onSize({ columns, rows }));
  return {
    element,
    get size() {
      return { columns: terminal.cols, rows: terminal.rows };
    },
    write: (text) => new Promise((resolve) => terminal.write(text, resolve)),
    fit() {
      // Its first place: only there it can be measured.
      if (terminal.element === undefined) terminal.open(element);
      fitting.fit();
    },
    focus: () => terminal.focus(),
    find: (text, way) => (way === 'next' ? search.findNext(text) : search.findPrevious(text)),
    endFind: () => search.clearDecorations(),
    reset: () => terminal.reset(),
    paint: () => Object.assign(terminal.options, looks()),
    dispose: () => terminal.dispose(),
  };
}

/** False: the program is not told of it. */
function ownKey(
  event: KeyboardEvent,
  terminal: Terminal,
  { onLeave, onFind }: Pick<ScreenNeeds, 'onLeave' | 'onFind'>,
): boolean {
  // A shell has its own Ctrl-K; on a Mac the keys of the app are others.
  if (!event.metaKey) event.stopPropagation();
  const { ctrlKey, shiftKey, altKey } = event;
  const key = event.key.toLowerCase();
  if (!ctrlKey || altKey) return true;
  if (shiftKey && key === 'l') {
    event.preventDefault();
    if (event.type === 'keydown') onLeave();
    return false;
  }
  if (shiftKey && key === 'f' && onFind !== undefined) {
    event.preventDefault();
    if (event.type === 'keydown') onFind();
    return false;
  }
  // The browser pastes by itself, once the terminal leaves the key alone.
  if (shiftKey && key === 'v') return false;
  // With Shift it copies always, and never interrupts a program when nothing is selected.
  if (shiftKey && key === 'c' && !terminal.hasSelection()) {
    event.preventDefault();
    return false;
  }
  const copies = key === 'c' && terminal.hasSelection();
  if (!copies) return true;
  event.preventDefault();
  if (event.type === 'keydown') {
    void navigator.clipboard.writeText(terminal.getSelection());
    terminal.clearSelection();
  }
  return false;
}

/** From the tokens of the page. */
function looks() {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--rh-${name}`).trim();
  const colours = {
    ...{ red: token('danger'), green: token('ok'), yellow: token('warn') },
    ...{ blue: token('accent-text'), magenta: token('tag-4'), cyan: token('tag-6') },
    ...{ black: token('neutral'), white: token('text-muted') },
  };
  const bright = Object.fromEntries(
    Object.entries(colours).map(([name, colour]) => [
      `bright${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      colour,
    ]),
  );
  return {
    fontFamily: token('mono'),
    // What a program chose for another background stays readable.
    minimumContrastRatio: document.documentElement.dataset.contrast === 'more' ? 7 : 4.5,
    theme: {
      ...{ ...colours, ...bright, brightWhite: token('text') },
      ...{ background: token('canvas'), foreground: token('text') },
      ...{ cursor: token('text'), cursorAccent: token('canvas') },
      selectionBackground: token('selected-strong'),
    },
  };
}
