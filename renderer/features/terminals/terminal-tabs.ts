/** Terminals that are shown beside each other, or below. */
export interface TerminalTab {
  /** Id of the first one that it held. */
  readonly key: string;
  readonly panes: readonly string[];
  readonly direction: 'row' | 'column';
}

export interface TabsState {
  readonly tabs: readonly TerminalTab[];
  /** Key of the tab that is shown. */
  readonly active: string | null;
}

export function withTab(state: TabsState, id: string): TabsState {
  const tab: TerminalTab = { key: id, panes: [id], direction: 'row' };
  return { tabs: [...state.tabs, tab], active: id };
}

/** `id` beside or below `of`. A tab has one direction: the newest split decides it. */
export function withSplit(
  state: TabsState,
  { id, of, direction }: { id: string; of: string; direction: 'row' | 'column' },
): TabsState {
  const tabs = state.tabs.map((tab) => {
    const at = tab.panes.indexOf(of);
    return at < 0 ? tab : { ...tab, direction, panes: tab.panes.toSpliced(at + 1, 0, id) };
  });
  return { tabs, active: state.active };
}

/** Without those that are gone; a neighbour is shown instead of a tab that went. */
export function withoutPanes(state: TabsState, gone: (id: string) => boolean): TabsState {
  const at = state.tabs.findIndex(({ key }) => key === state.active);
  const tabs = state.tabs
    .map((tab) => ({ ...tab, panes: tab.panes.filter((id) => !gone(id)) }))
    .filter(({ panes }) => panes.length > 0);
  const stays = tabs.some(({ key }) => key === state.active);
  const next = tabs[Math.min(Math.max(at, 0), tabs.length - 1)]?.key ?? null;
  return { tabs, active: stays ? state.active : next };
}

/** As they were kept, with what is there by now: what is new has a tab of its own. */
export function restored(state: TabsState, ids: readonly string[]): TabsState {
  const known = new Set(state.tabs.flatMap(({ panes }) => panes));
  const added = ids.filter((id) => !known.has(id));
  const tabs = [
    ...state.tabs,
    ...added.map((id): TerminalTab => ({ key: id, panes: [id], direction: 'row' })),
  ];
  return { tabs, active: state.active ?? tabs[0]?.key ?? null };
}
