import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SshAnswer } from '../../../shared/model/ssh.ts';
import type { HeldTerminalInfo, TerminalPlace } from '../../../shared/terminals/terminal.ts';
import type { Client } from '../../rpc/client.ts';
import { isAbort, toFailure } from '../../rpc/failure.ts';
import type { Screen, ScreenNeeds } from '../../ui/terminal/screen.ts';
import { PaneLine } from './pane-line.ts';
import { isOver, type PaneState, stateAfter, type TerminalPane } from './terminal-pane.ts';
import {
  restored,
  type TabsState,
  type TerminalTab,
  withoutPanes,
  withSplit,
  withTab,
} from './terminal-tabs.ts';

interface TerminalsState extends TabsState {
  readonly panes: readonly TerminalPane[];
  /** An address in a terminal that was clicked, and is opened only when the person says so. */
  readonly link: string | null;
}

/** Terminals of machines and containers. The host holds them; this window shows them. */
export interface TerminalsStore {
  readonly store: StoreApi<TerminalsState>;
  /** After a new connection: what the host holds by now. */
  follow(): void;
  open(place: TerminalPlace, name: string): void;
  split(of: string, direction: TerminalTab['direction']): void;
  /** Shows one that the host holds, or opens it anew after its end; what its screen shows stays. */
  look(id: string): Promise<void>;
  answer(id: string, questionId: string, answer: SshAnswer): void;
  select(key: string): void;
  /** Ends what runs in it. */
  close(id: string): void;
  /** Shows its screen there; returns what takes it away. */
  show(id: string, where: HTMLElement, on: Pick<ScreenNeeds, 'onLeave' | 'onFind'>): () => void;
  focus(id: string): void;
  find(id: string, text: string, way: 'next' | 'previous'): boolean;
  forgetLink(): void;
  /** The colours of the page became others. */
  paint(): void;
}

interface Needs {
  readonly client: Pick<Client, 'terminals'>;
  readonly storage: Storage;
  /** Loaded when the first one is opened. */
  readonly loadScreen: () => Promise<(needs: ScreenNeeds) => Screen>;
}

const storageKey = 'rackhelm-terminals';

export function createTerminalsStore({ client, storage, loadScreen }: Needs): TerminalsStore {
  const { terminals: rpc } = client;
  const store = createStore<TerminalsState>(() => ({
    ...keptTabs(storage),
    panes: [],
    link: null,
  }));
  const lines = new Map<string, PaneLine>();
  let following = new AbortController();
  store.subscribe(({ tabs, active }) => {
    storage.setItem(storageKey, JSON.stringify({ tabs, active }));
  });

  const paneOf = (id: string) => store.getState().panes.find((pane) => pane.id === id);

  function put(id: string, state: PaneState): void {
    store.setState(({ panes }) => ({
      panes: panes.map((pane) =>
        pane.id === id ? { ...pane, state, drawn: lines.has(id) } : pane,
      ),
    }));
  }

  async function lineOf(id: string): Promise<PaneLine> {
    const known = lines.get(id);
    if (known !== undefined) return known;
    const create = await loadScreen();
    const onLink = (link: string) => store.setState({ link });
    const line = lines.get(id) ?? new PaneLine({ id, rpc, onLink }, create);
    lines.set(id, line);
    return line;
  }

  async function look(id: string): Promise<void> {
    const pane = paneOf(id);
    if (pane === undefined || pane.state.is === 'open') return;
    const seen = isOver(pane.state);
    put(id, { is: 'opening', step: '', asks: null });
    const line = await lineOf(id);
    const signal = line.renew();
    if (!seen) line.screen.reset();
    put(id, { is: 'opening', step: '', asks: null });
    try {
      const { size } = line.screen;
      for await (const event of await rpc.open({ id, place: pane.place, size, seen }, { signal })) {
        if (signal.aborted) return;
        if (event.type === 'data') void line.draw(event.text);
        const now = paneOf(id)?.state;
        const next = now && stateAfter(event, now);
        if (next) put(id, next);
        // Its first place may have come while it was opened.
        if (event.type === 'open') void rpc.resize({ id, size: line.screen.size }).catch(() => {});
      }
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      const failure = toFailure(error);
      // The host may hold it all the same, and says so when it answers again.
      const stood = paneOf(id)?.state.is === 'open';
      put(
        id,
        stood
          ? { is: 'ended', code: null, message: failure.message, lost: true }
          : { is: 'failed', failure },
      );
    }
  }

  function add(place: TerminalPlace, name: string, where: (id: string) => TabsState): void {
    const id = crypto.randomUUID();
    const pane: TerminalPane = { id, place, name, drawn: false, state: { is: 'held' } };
    store.setState(({ panes }) => ({ panes: [...panes, pane], ...where(id) }));
    void look(id);
  }

  function take(held: readonly HeldTerminalInfo[]): void {
    // What was lost with the connection to the host may go on there.
    for (const { id, state } of held) {
      const here = paneOf(id)?.state;
      if (state === 'open' && here?.is === 'ended' && here.lost) put(id, { is: 'held' });
    }
    const { panes } = store.getState();
    const known = new Map(panes.map((pane) => [pane.id, pane]));
    const ids = new Set(held.map(({ id }) => id));
    const added = held
      .filter(({ id }) => !known.has(id))
      .map(({ id, place, name }): TerminalPane => {
        return { id, place, name, drawn: false, state: { is: 'held' } };
      });
    // One that is opened just now is not told yet; of one that ended here the screen stays.
    const gone = panes.filter(
      ({ id, state }) => !ids.has(id) && (state.is === 'held' || state.is === 'taken'),
    );
    const kept = [...panes.filter((pane) => !gone.includes(pane)), ...added];
    const all = new Set(kept.map(({ id }) => id));
    const tabs = withoutPanes(store.getState(), (id) => !all.has(id));
    store.setState({ panes: kept, ...restored(tabs, [...all]) });
  }

  async function follow(signal: AbortSignal): Promise<void> {
    try {
      for await (const { terminals } of await rpc.follow(undefined, { signal })) take(terminals);
    } catch {
      // The next connection follows again.
    }
  }

  return {
    store,
    follow() {
      following.abort();
      following = new AbortController();
      void follow(following.signal);
    },
    open: (place, name) => add(place, name, (id) => withTab(store.getState(), id)),
    split(of, direction) {
      const pane = paneOf(of);
      if (pane === undefined) return;
      const { place, name } = pane;
      add(place, name, (id) => withSplit(store.getState(), { id, of, direction }));
    },
    look,
    answer(id, questionId, answer) {
      const now = paneOf(id)?.state;
      if (now?.is === 'opening') put(id, { ...now, asks: null });
      void rpc.answer({ id, questionId, answer }).catch(() => {}); // the stream tells what came of it
    },
    select: (active) => store.setState({ active }),
    close(id) {
      lines.get(id)?.dispose();
      lines.delete(id);
      void rpc.end({ id }).catch(() => {}); // with the host it is gone as well
      store.setState((state) => ({
        panes: state.panes.filter((pane) => pane.id !== id),
        ...withoutPanes(state, (each) => each === id),
      }));
    },
    show(id, where, { onLeave, onFind = () => {} }) {
      const line = lines.get(id);
      if (line === undefined) return () => {};
      Object.assign(line, { onLeave, onFind });
      const { screen } = line;
      where.append(screen.element);
      screen.fit();
      const observer = new ResizeObserver(() => screen.fit());
      observer.observe(where);
      return () => {
        observer.disconnect();
        screen.element.remove();
      };
    },
    focus: (id) => lines.get(id)?.screen.focus(),
    find: (id, text, way) => lines.get(id)?.screen.find(text, way) ?? false,
    forgetLink: () => store.setState({ link: null }),
    paint() {
      for (const { screen } of lines.values()) screen.paint();
    },
  };
}

/** As this browser kept them; anything else is none. */
function keptTabs(storage: Storage): TabsState {
  try {
    const kept = JSON.parse(storage.getItem(storageKey) ?? 'null') as Partial<TabsState> | null; // checked below
    const tabs = (kept?.tabs ?? []).filter(
      ({ key, panes }) => typeof key === 'string' && Array.isArray(panes),
    );
    return { tabs, active: typeof kept?.active === 'string' ? kept.active : null };
  } catch {
    return { tabs: [], active: null };
  }
}
