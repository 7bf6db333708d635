import { RackhelmError } from '../../../shared/model/errors.ts';
import type { SshAnswer } from '../../../shared/model/ssh.ts';
import type { TerminalSize } from '../../../shared/terminals/screen.ts';
import type {
  HeldTerminalInfo,
  SessionEvent,
  TerminalPlace,
} from '../../../shared/terminals/terminal.ts';
import { AskedWork } from '../asked-work.ts';
import type { Ask } from '../connections/ssh/index.ts';
import { EventQueue } from '../event-queue.ts';
import { HeldTerminal, type OpenShell } from './held-terminal.ts';

interface Opening {
  readonly size: TerminalSize;
  readonly ask: Ask;
  readonly step: (text: string) => void;
  readonly signal: AbortSignal;
}

type Opener<K extends TerminalPlace['kind']> = (
  place: Extract<TerminalPlace, { kind: K }>,
  opening: Opening,
) => Promise<OpenShell & { readonly name: string }>;

/** How a shell is opened in each kind of place. */
export type Openers = { readonly [K in TerminalPlace['kind']]: Opener<K> };

interface Asked {
  /** Made by whoever opens it; of one that is held it is shown, and opened anew after its end. */
  readonly id: string;
  readonly place: TerminalPlace;
  readonly size: TerminalSize;
  /** The caller's screen shows already what it showed before. */
  readonly seen: boolean;
}

/** Terminals of all windows; they outlive the window that opened them. */
export interface Terminals {
  list(): HeldTerminalInfo[];
  /** Again each time that one is opened or ends. */
  follow(signal: AbortSignal): AsyncGenerator<{ terminals: HeldTerminalInfo[] }, void, void>;
  /** Ends with `ended` or `taken`, or when the caller leaves: then it goes on. */
  open(asked: Asked, signal: AbortSignal): AsyncGenerator<SessionEvent, void, void>;
  answer(id: string, questionId: string, answer: SshAnswer): { taken: boolean };
  write(id: string, data: string): Promise<void>;
  resize(id: string, size: TerminalSize): void;
  drawn(id: string, characters: number): void;
  /** Ends what runs in it, and forgets what it showed. */
  end(id: string): void;
  close(): void;
}

interface Held {
  readonly info: Omit<HeldTerminalInfo, 'state'>;
  readonly terminal: HeldTerminal;
}

const most = 64;

export function createTerminals(openers: Openers): Terminals {
  const held = new Map<string, Held>();
  const opening = new Map<string, HeldTerminalInfo>();
  const listeners = new Set<() => void>();
  const work = new AskedWork<SessionEvent>(({ message: text }) => ({ type: 'step', text }));
  const leaving = new AbortController();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  const list = (): HeldTerminalInfo[] => [
    ...opening.values(),
    ...[...held.values()].map(({ info, terminal }) => ({
      ...info,
      state: terminal.isOver ? ('ended' as const) : ('open' as const),
    })),
  ];

  async function openOne({ id, place, size }: Asked, asking: Omit<Opening, 'size'>): Promise<void> {
    const before = held.get(id);
    // Whoever leaves breaks the opening off, and nothing after it.
    const lasting = new AbortController();
    const breakOff = () => lasting.abort();
    asking.signal.addEventListener('abort', breakOff, { once: true });
    const opened = await openIn(openers, place, { ...asking, size, signal: lasting.signal });
    asking.signal.removeEventListener('abort', breakOff);
    if (asking.signal.aborted) {
      opened.session.close();
      throw new RackhelmError('SSH_CANCELLED', 'It was left before it was open.');
    }
    before?.terminal.past.add(anew);
    const terminal = new HeldTerminal(opened, before?.terminal.past);
    void terminal.over.then(changed);
    held.set(id, { info: { id, place, name: opened.name, openedAt: Date.now() }, terminal });
  }

  async function* opened(asked: Asked, signal: AbortSignal) {
    const { id, place } = asked;
    if (held.size + opening.size >= most && !held.has(id)) {
      throw new RackhelmError('INVALID_INPUT', `${most} terminals are open already.`, {
        hint: 'Close one of them first.',
      });
    }
    opening.set(id, { id, place, name: '', openedAt: Date.now(), state: 'opening' });
    let failure: unknown;
    try {
      const events = work.run(id, signal, async ({ signal, ask, tell }) => {
        const asking = sshAsking(ask);
        const step = (text: string) => tell({ type: 'step', text });
        await openOne(asked, { ask: asking, step, signal }).catch((error: unknown) => {
          failure = error;
        });
      });
      for await (const event of events) {
        if (event.type !== 'question') yield event;
        else if (event.question.kind === 'ssh')
          yield { ...event, question: event.question.question };
      }
    } finally {
      opening.delete(id);
      changed();
    }
    if (failure !== undefined) throw failure;
  }

  return {
    list,
    async *follow(signal) {
      const queue = new EventQueue<{ terminals: HeldTerminalInfo[] }>();
      const tell = () => queue.push({ terminals: list() }, 'list');
      listeners.add(tell);
      tell();
      try {
        yield* queue.read(AbortSignal.any([signal, leaving.signal]));
      } finally {
        listeners.delete(tell);
      }
    },
    async *open(asked, signal) {
      const left = AbortSignal.any([signal, leaving.signal]);
      const before = held.get(asked.id);
      const stands = before !== undefined && !(before.terminal.isOver && asked.seen);
      if (!stands) yield* opened(asked, left);
      const found = held.get(asked.id);
      if (found === undefined || left.aborted) return;
      if (stands) found.terminal.resize(asked.size);
      // What a new shell says first is for a screen that has seen nothing of it yet.
      let ended = false;
      for await (const event of found.terminal.view(left, { again: stands && !asked.seen })) {
        ended = event.type === 'ended';
        yield event;
      }
      if (!ended && !left.aborted && held.get(asked.id) === found) yield { type: 'taken' };
    },
    answer: (id, questionId, answer) => work.answer(id, questionId, { kind: 'ssh', answer }),
    write: async (id, data) => await held.get(id)?.terminal.write(data),
    resize: (id, size) => held.get(id)?.terminal.resize(size),
    drawn: (id, characters) => held.get(id)?.terminal.drawn(characters),
    end(id) {
      const found = held.get(id);
      held.delete(id);
      found?.terminal.close();
      changed();
    },
    close() {
      leaving.abort();
      for (const { terminal } of held.values()) terminal.close();
      held.clear();
    },
  };
}

function openIn(openers: Openers, place: TerminalPlace, opening: Opening) {
  switch (place.kind) {
    case 'device':
      return openers.device(place, opening);
    case 'container':
      return openers.container(place, opening);
    case 'pod':
      return openers.pod(place, opening);
  }
}

/** A shell asks what connecting asks, and nothing else. */
function sshAsking(
  ask: (question: { kind: 'ssh'; question: Parameters<Ask>[0] }) => Promise<unknown>,
): Ask {
  return async (question) => {
    const answer = await ask({ kind: 'ssh', question });
    const given = answer as { kind: string; answer?: SshAnswer }; // a JobAnswer; any other kind is none to it
    return given.kind === 'ssh' && given.answer !== undefined ? given.answer : { kind: 'cancel' };
  };
}

/** Back from another screen, mouse and paste as usual, colours off, below what stands there. */
const anew =
  '\u001b[?1049l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?2004l\u001b[?25h\u001b[0m\r\n';
