import { createSpotlight } from '@mantine/spotlight';
import { createStore } from 'zustand/vanilla';

/** The command palette's own store and the handle that opens it from anywhere. */
export const [paletteStore, palette] = createSpotlight();

interface PaletteQuery {
  readonly text: string;
  /** Enter came before the field was there. */
  readonly entered: boolean;
}

/** What is looked for. Outside the component: the first keys may come before its field is there. */
export const paletteQuery = createStore<PaletteQuery>(() => ({ text: '', entered: false }));

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** A key pressed while the palette is open but its field has no focus yet; says whether it was taken. */
export function typeAhead(press: Press): boolean {
  if (press.ctrlKey || press.metaKey) return false;
  const { text } = paletteQuery.getState();
  const typed = (next: string) => paletteQuery.setState({ text: next, entered: false });
  if (press.key === 'Backspace') typed(text.slice(0, -1));
  else if (press.key === 'Enter' && text !== '') paletteQuery.setState({ entered: true });
  else if ([...press.key].length === 1) typed(text + press.key);
  else return false;
  return true;
}

const rows = () => {
  const { listId } = paletteStore.getState();
  return listId === '' ? null : document.getElementById(listId);
};

/** Mantine selects anew only when the text changes, not when rows arrive later. */
export function selectFirstRow(): void {
  const list = rows();
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  paletteStore.updateState((state) => ({ ...state, selected: 0 }));
}

export function openSelectedRow(): void {
  rows()?.querySelector<HTMLElement>('[data-selected]')?.click();
}
