import { createStore, type StoreApi } from 'zustand/vanilla';

/** Which parts of the window are open, kept in this browser. */
export interface LayoutState {
  readonly inspector: boolean;
  /** The inspector was asked for though nothing is selected; else it comes with a selection. */
  readonly pinned: boolean;
  readonly dock: boolean;
  /** What the dock shows when it is open. */
  readonly docked: 'jobs' | 'terminals';
  /** What the inspector shows. */
  readonly inspected: Inspected;
}

export type Inspected =
  | { readonly kind: 'none' }
  | { readonly kind: 'device'; readonly id: string }
  | { readonly kind: 'selection' }
  | { readonly kind: 'proposal' }
  | { readonly kind: 'service'; readonly id: string }
  | { readonly kind: 'vlan'; readonly id: string };

export interface LayoutStore {
  readonly store: StoreApi<LayoutState>;
  toggleInspector(selected: boolean): void;
  /** Closes the dock where it shows that, else shows it there. */
  toggleDock(what?: LayoutState['docked']): void;
  /** Shows it in the dock. */
  dock(what: LayoutState['docked']): void;
  inspect(what: Inspected): void;
  /** Shows it, also where the inspector was closed: the person asked for this very thing. */
  reveal(what: Inspected): void;
}

/** Nothing selected leaves its room to the content. */
export function inspectorShows(
  { inspector, pinned }: Pick<LayoutState, 'inspector' | 'pinned'>,
  selected: boolean,
): boolean {
  return inspector && (selected || pinned);
}

const storageKey = 'rackhelm-layout';
const dockedKey = 'rackhelm-docked';

export function createLayoutStore(storage: Storage): LayoutStore {
  const closed = new Set((storage.getItem(storageKey) ?? 'dock').split(' '));
  const store = createStore<LayoutState>(() => ({
    inspector: !closed.has('inspector'),
    pinned: false,
    dock: !closed.has('dock'),
    docked: storage.getItem(dockedKey) === 'terminals' ? 'terminals' : 'jobs',
    inspected: { kind: 'none' },
  }));

  function keep(): void {
    const { inspector, dock } = store.getState();
    storage.setItem(dockedKey, store.getState().docked);
    const names = [inspector ? '' : 'inspector', dock ? '' : 'dock'];
    storage.setItem(storageKey, names.filter((name) => name !== '').join(' '));
  }

  return {
    store,
    toggleInspector(selected) {
      const visible = inspectorShows(store.getState(), selected);
      store.setState({ inspector: !visible, pinned: !visible && !selected });
      keep();
    },
    toggleDock(what = store.getState().docked) {
      store.setState(({ dock, docked }) => ({ dock: !dock || docked !== what, docked: what }));
      keep();
    },
    dock(docked) {
      store.setState({ dock: true, docked });
      keep();
    },
    inspect: (inspected) => store.setState({ inspected }),
    reveal(inspected) {
      store.setState({ inspected, inspector: true });
      keep();
    },
  };
}
