import type { Route } from '../../app/routes.ts';
import { formatCount } from '../../ui/formatting.ts';
import type { DevicesState } from './devices-store.ts';
import { selectionName } from './selection-name.ts';

/** The devices that an action works on. */
interface ChosenDevices {
  readonly ids: readonly string[];
  /** `pi-1` for one, `3 devices` for more. */
  readonly name: string;
}

interface Choices {
  readonly route: Route;
  /** Of the table of devices. */
  readonly table: Pick<DevicesState, 'pages' | 'selected'>;
  /** In the racks. */
  readonly picked: readonly { readonly id: string; readonly name: string }[];
}

/**
 * What is chosen where one looks: the selection of the table, or what is picked in the racks. One that
 * is out of sight must not be deleted by a slip of a key. Null: nothing.
 */
export function chosenDevices({ route, table, picked }: Choices): ChosenDevices | null {
  if (route.screen === 'devices' && table.selected.size > 0) {
    return { ids: [...table.selected], name: selectionName(table) };
  }
  const inRacks = route.screen === 'racks' && (route.view ?? 'elevations') === 'elevations';
  const [only] = picked;
  if (!inRacks || only === undefined) return null;
  const name = picked.length === 1 ? only.name : formatCount(picked.length, 'device');
  return { ids: picked.map(({ id }) => id), name };
}
