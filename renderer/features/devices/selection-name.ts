import { formatCount } from '../../ui/formatting.ts';
import type { DevicesState } from './devices-store.ts';

/** `pi-1` for one, `3 devices` for more. */
export function selectionName(state: Pick<DevicesState, 'pages' | 'selected'>): string {
  const [only] = state.selected;
  if (state.selected.size !== 1 || only === undefined) {
    return formatCount(state.selected.size, 'device');
  }
  for (const page of state.pages.values()) {
    const row = page.find(({ id }) => id === only);
    if (row !== undefined) return row.name;
  }
  return '1 device';
}
