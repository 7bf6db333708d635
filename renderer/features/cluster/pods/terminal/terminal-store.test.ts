import { expect, it, vi } from 'vitest';
import type { TerminalEvent } from '../../../../../shared/terminals/screen.ts';
import type { ScreenNeeds } from '../../../../ui/terminal/screen.ts';
import { createTerminalStore, terminalKey } from './terminal-store.ts';
import { stateWords } from './terminal-words.ts';

const place = { contextId: 'home', namespace: 'web', pod: 'web-1', container: 'app' };
const key = terminalKey(place);

/** A host whose shells a test plays, and a screen that keeps what it is told. */
function setUp() {
  const calls: string[] = [];
  const screen = { text: '' };
  let typed: ScreenNeeds | null = null;
  let say: (event: TerminalEvent | Error) => void = () => {};
  const open = async ({ id }: { id: string }, { signal }: { signal: AbortSignal }) => {
    calls.push(`open ${id === '' ? 'nothing' : 'one'}`);
    const events: (TerminalEvent | Error)[] = [];
    let wake = () => {};
    say = (event) => {
      events.push(event);
      wake();
    };
    signal.addEventListener('abort', () => wake());
    return (async function* () {
      while (!signal.aborted) {
        const next = events.shift();
        if (next instanceof Error) throw next;
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
        if (next?.type === 'ended') return;
      }
    })();
  };
  const terminals = {
    open,
    write: async ({ data }: { data: string }) => void calls.push(`write ${data.length}`),
    resize: async ({ size }: { size: { columns: number } }) =>
      void calls.push(`resize ${size.columns}`),
    drawn: async ({ characters }: { characters: number }) => void calls.push(`drawn ${characters}`),
  };
  const client = { cluster: { pods: { terminals } } } as unknown as Parameters<
    typeof createTerminalStore
  >[0]['client']; // nothing else is called
  const store = createTerminalStore({
    client,
    loadScreen: async () => (needs) => {
      typed = needs;
      return {
        element: { remove: () => {} } as HTMLElement, // it is shown nowhere
        size: { columns: 80, rows: 24 },
        write: async (text) => {
          screen.text += text;
        },
        ...{
          fit: () => {},
          focus: () => {},
          find: () => false,
          endFind: () => {},
          reset: () => {},
          paint: () => {},
          dispose: () => calls.push('disposed'),
        },
      };
    },
  });
  const state = () => store.store.getState().terminals.find((each) => each.key === key)?.state;
  const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });
  return {
    ...{ store, calls, screen, state, until },
    say: (event: TerminalEvent | Error) => say(event),
    type: (text: string) => typed?.onType(text),
  };
}

async function opened() {
  const bed = setUp();
  void bed.store.open(place);
  await bed.until(() => expect(bed.calls).toContain('open one'));
  bed.say({ type: 'open', shell: 'sh' });
  await bed.until(() => expect(bed.state()).toEqual({ is: 'open', shell: 'sh' }));
  return bed;
}

it('draws what comes, tells what was drawn in large pieces, and sends what is typed in order', async () => {
  const bed = await opened();
  bed.say({ type: 'data', text: 'x'.repeat(20_000) });
  bed.say({ type: 'data', text: 'y'.repeat(20_000) });
  await bed.until(() => expect(bed.calls).toContain('drawn 40000'));
  expect(bed.screen.text).toHaveLength(40_000);
  bed.type('z'.repeat(20_000));
  bed.type('a');
  await bed.until(() =>
    expect(bed.calls.filter((call) => call.startsWith('write'))).toEqual([
      'write 16384',
      'write 3617',
    ]),
  );
});

it('says how it ended, and keeps what the screen shows when it is opened again', async () => {
  const bed = await opened();
  bed.say({ type: 'data', text: 'before' });
  bed.say({ type: 'ended', code: null, message: 'It broke off.', lost: true });
  await bed.until(() => expect(bed.state()).toMatchObject({ is: 'ended', lost: true }));
  void bed.store.open(place);
  await bed.until(() => expect(bed.calls.filter((call) => call === 'open one')).toHaveLength(2));
  bed.say({ type: 'open', shell: 'sh' });
  bed.say({ type: 'data', text: 'after' });
  await bed.until(() => expect(bed.screen.text).toMatch(/^before.*after$/s));
  expect(bed.store.store.getState().terminals).toHaveLength(1);
});

it('tells of a shell that cannot be opened or that was lost, and forgets one that is closed', async () => {
  const refused = setUp();
  void refused.store.open(place);
  await refused.until(() => expect(refused.calls).toContain('open one'));
  refused.say(new Error('refused'));
  await refused.until(() => expect(refused.state()).toMatchObject({ is: 'failed' }));
  const bed = await opened();
  bed.say(new Error('away'));
  await bed.until(() => expect(bed.state()).toMatchObject({ is: 'ended', lost: true }));
  bed.store.close(key);
  expect(bed.store.store.getState().terminals).toEqual([]);
});

it('words how it stands', () => {
  const words = (state: Parameters<typeof stateWords>[0]['state']) => stateWords({ place, state });
  expect(words({ is: 'ended', code: 3, message: null, lost: false })).toBe(
    'It ended with exit code 3.',
  );
  expect(words({ is: 'ended', code: null, message: 'x', lost: true })).toMatch(/lost/);
});
