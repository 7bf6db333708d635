import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import type { TerminalEvent } from '../../../../../shared/terminals/screen.ts';
import type { Client } from '../../../../rpc/client.ts';
import { type Failure, isAbort, toFailure } from '../../../../rpc/failure.ts';
import type { Screen, ScreenNeeds } from '../../../../ui/terminal/screen.ts';

/** A shell in a container, as far as its page shows it beside the screen. */
export interface OpenTerminal {
  readonly key: string;
  readonly place: PodPlace;
  /** Its screen is there to be shown. */
  readonly drawn: boolean;
  readonly state:
    | { readonly is: 'opening' }
    | { readonly is: 'open'; readonly shell: string }
    | ({ readonly is: 'ended' } & Pick<
        Extract<TerminalEvent, { type: 'ended' }>,
        'code' | 'message' | 'lost'
      >)
    | { readonly is: 'failed'; readonly failure: Failure };
}

/** Shells that are open. They go on while other pages are looked at, and end with the window. */
export interface TerminalStore {
  readonly store: StoreApi<{ readonly terminals: readonly OpenTerminal[] }>;
  /** Also once more after an end; what the screen shows stays. */
  open(place: PodPlace): Promise<void>;
  close(key: string): void;
  /** Shows its screen there; returns what takes it away. */
  show(key: string, where: HTMLElement, onLeave: () => void): () => void;
  focus(key: string): void;
  /** The colours of the page became others. */
  paint(): void;
}

interface Needs {
  readonly client: {
    readonly cluster: { readonly pods: Pick<Client['cluster']['pods'], 'terminals'> };
  };
  /** Loaded when the first one is opened. */
  readonly loadScreen: () => Promise<(needs: ScreenNeeds) => Screen>;
}

interface Held {
  readonly screen: Screen;
  id: string;
  leave: AbortController;
  onLeave: () => void;
  typed: string;
  typing: boolean;
  undrawn: number;
}

/** Sent at once; a large paste goes in pieces, each after the one before. */
const mostTyped = 16_384;
/** Drawn characters that are told together. */
const drawnTogether = 32_768;

export const terminalKey = ({ contextId, namespace, pod, container }: PodPlace): string =>
  [contextId, namespace, pod, container ?? ''].join(' ');

export function createTerminalStore({ client, loadScreen }: Needs): TerminalStore {
  const { terminals: rpc } = client.cluster.pods;
  const store = createStore<{ terminals: readonly OpenTerminal[] }>(() => ({ terminals: [] }));
  const held = new Map<string, Held>();

  function put(key: string, place: PodPlace, state: OpenTerminal['state']): void {
    store.setState(({ terminals }) => {
      const next = { key, place, state, drawn: held.has(key) };
      const known = terminals.some((each) => each.key === key);
      return {
        terminals: known
          ? terminals.map((each) => (each.key === key ? next : each))
          : [...terminals, next],
      };
    });
  }

  /** In its order, though each piece is a call of its own. */
  async function send(terminal: Held): Promise<void> {
    if (terminal.typing) return;
    terminal.typing = true;
    while (terminal.typed !== '') {
      const data = terminal.typed.slice(0, mostTyped);
      terminal.typed = terminal.typed.slice(data.length);
      await rpc.write({ id: terminal.id, data }).catch(() => {}); // its end is told by the stream
    }
    terminal.typing = false;
  }

  async function draw(terminal: Held, text: string): Promise<void> {
    const { id } = terminal;
    await terminal.screen.write(text);
    terminal.undrawn += text.length;
    if (terminal.undrawn < drawnTogether || terminal.id !== id) return;
    const characters = terminal.undrawn;
    terminal.undrawn = 0;
    await rpc.drawn({ id, characters }).catch(() => {}); // its end is told by the stream
  }

  async function screenOf(key: string): Promise<Held> {
    const known = held.get(key);
    if (known !== undefined) return known;
    const create = await loadScreen();
    const terminal: Held = {
      screen: create({
        onType(data) {
          terminal.typed += data;
          void send(terminal);
        },
        onSize: (size) => void rpc.resize({ id: terminal.id, size }).catch(() => {}),
        onLeave: () => terminal.onLeave(),
      }),
      ...{ id: '', leave: new AbortController(), onLeave: () => {} },
      ...{ typed: '', typing: false, undrawn: 0 },
    };
    held.set(key, terminal);
    return terminal;
  }

  async function run(key: string, place: PodPlace, terminal: Held): Promise<void> {
    const { signal } = terminal.leave;
    const { id, screen } = terminal;
    try {
      const events = await rpc.open({ ...place, id, size: screen.size }, { signal });
      for await (const event of events) {
        if (terminal.id !== id) return;
        if (event.type === 'data') void draw(terminal, event.text);
        else if (event.type === 'open') {
          put(key, place, { is: 'open', shell: event.shell });
          // It may have been shown in another size meanwhile.
          void rpc.resize({ id, size: screen.size }).catch(() => {});
        } else {
          const { code, message, lost } = event;
          put(key, place, { is: 'ended', code, message, lost });
        }
      }
    } catch (error) {
      if (terminal.id !== id || isAbort(error)) return;
      const failure = toFailure(error);
      const { message } = failure;
      const stood =
        store.getState().terminals.find((each) => each.key === key)?.state.is === 'open';
      // One that stood was lost with the way to it.
      if (stood) put(key, place, { is: 'ended', code: null, message, lost: true });
      else put(key, place, { is: 'failed', failure });
    }
  }

  return {
    store,
    async open(place) {
      const key = terminalKey(place);
      const before = held.get(key);
      put(key, place, { is: 'opening' });
      const terminal = await screenOf(key).catch((error: unknown) => {
        put(key, place, { is: 'failed', failure: toFailure(error) });
      });
      if (terminal === undefined) return;
      put(key, place, { is: 'opening' });
      terminal.leave.abort();
      terminal.leave = new AbortController();
      terminal.id = crypto.randomUUID();
      [terminal.typed, terminal.undrawn] = ['', 0];
      // What a program left set, such as its own screen or the mouse, is not for the next one.
      if (before !== undefined) await terminal.screen.write(anew);
      await run(key, place, terminal);
    },
    close(key) {
      const terminal = held.get(key);
      held.delete(key);
      if (terminal !== undefined) {
        terminal.id = '';
        terminal.leave.abort();
        terminal.screen.element.remove();
        terminal.screen.dispose();
      }
      store.setState(({ terminals }) => ({
        terminals: terminals.filter((each) => each.key !== key),
      }));
    },
    show(key, where, onLeave) {
      const terminal = held.get(key);
      if (terminal === undefined) return () => {};
      const { screen } = terminal;
      terminal.onLeave = onLeave;
      where.append(screen.element);
      screen.fit();
      const observer = new ResizeObserver(() => screen.fit());
      observer.observe(where);
      return () => {
        observer.disconnect();
        screen.element.remove();
      };
    },
    focus: (key) => held.get(key)?.screen.focus(),
    paint() {
      for (const { screen } of held.values()) screen.paint();
    },
  };
}

/** Back from another screen, mouse and paste as usual, colours off, below what stands there. */
const anew =
  '\u001b[?1049l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?2004l\u001b[?25h\u001b[0m\r\n';
