import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TerminalEvent } from '../../../../../shared/terminals/screen.ts';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import { FakeSession } from '../trial/fake-exec.ts';
import { createTerminals, type Terminals } from './terminals.ts';

let sessions: FakeSession[];
let onExec: (session: FakeSession) => void;
let terminals: Terminals;
let leave: AbortController;

beforeEach(() => {
  [sessions, onExec] = [[], () => {}];
  leave = new AbortController();
  const exec: KubeClient['exec'] = async (_, { command }) => {
    const session = new FakeSession(command);
    sessions.push(session);
    onExec(session);
    return session;
  };
  terminals = createTerminals(() => ({ exec }) as unknown as KubeClient); // nothing else is asked for
});
afterEach(() => leave.abort());

const place = { contextId: 'home', namespace: 'web', pod: 'web-1', container: 'app' };

/** A window with a terminal, which draws at once unless told otherwise. */
function look({ draws = true } = {}) {
  const events: TerminalEvent[] = [];
  const screen = { text: '' };
  const run = async () => {
    const asked = { id: 'a', ...place, size: { columns: 80, rows: 24 } };
    for await (const event of terminals.open(asked, leave.signal)) {
      events.push(event);
      if (event.type !== 'data') continue;
      screen.text += event.text;
      if (draws) terminals.drawn('a', event.text.length);
    }
  };
  const ended = run();
  ended.catch(() => {}); // whoever waits for it is told
  const until = (check: () => void) => vi.waitFor(check, { timeout: 8_000, interval: 10 });
  return { events, screen, ended, until };
}

const notThere = (name: string) =>
  new KubeError('KUBE_FAILED', `exec: "${name}": executable file not found in $PATH: unknown`);

it('opens the first shell that is there, in its size, and says how it ended', async () => {
  onExec = (session) => {
    const [shell = ''] = session.command;
    if (shell === 'bash') session.end(notThere(shell));
    else session.say('$ ');
  };
  const { events, screen, ended, until } = look();
  await until(() => expect(screen.text).toBe('$ '));
  expect(sessions.map(({ command }) => command)).toEqual([['bash'], ['sh']]);
  await terminals.write('a', 'ls\r');
  terminals.resize('a', { columns: 100, rows: 30 });
  expect(sessions[1]?.written).toEqual(['ls\r']);
  expect(sessions[1]?.sizes).toEqual([
    { columns: 80, rows: 24 },
    { columns: 100, rows: 30 },
  ]);
  sessions[1]?.end(3);
  await ended;
  expect(events[0]).toEqual({ type: 'open', shell: 'sh' });
  expect(events.at(-1)).toEqual({ type: 'ended', code: 3, message: null, lost: false });
});

it('knows also by its words and its code that a shell is missing, and says when none is there', async () => {
  onExec = (session) => {
    session.say(`OCI runtime exec failed: "${session.command[0]}": no such file or directory\r\n`);
    session.end(126);
  };
  const { ended } = look();
  await expect(ended).rejects.toMatchObject({
    code: 'POD_NO_SHELL',
    message: 'The container app has no shell.',
  });
  expect(sessions.map(({ command }) => command[0])).toEqual(['bash', 'sh', 'ash']);
});

it('takes a shell that complains for a shell, and one that says nothing too', async () => {
  onExec = (session) => session.say('sh: groups: not found\r\n');
  const { screen, until } = look();
  await until(() => expect(screen.text).toBe('sh: groups: not found\r\n'));
  sessions[0]?.say('$ ');
  await until(() => expect(screen.text.endsWith('$ ')).toBe(true));
  expect(sessions).toHaveLength(1);
});

it('lets nothing through that reaches beyond the screen, also in pieces and in letters cut in two', async () => {
  onExec = (session) => {
    session.say('\u001b]52;c;ZXZ');
    session.say('pbA==\u0007\u001b[21t\u001b[1mbold ');
    const letter = Buffer.from('ż');
    session.sayBytes(letter.subarray(0, 1));
    session.sayBytes(letter.subarray(1));
  };
  const { screen, until } = look();
  await until(() => expect(screen.text).toBe('\u001b[1mbold ż'));
});

it('reads no further than what can be drawn, and goes on when it was', async () => {
  onExec = (session) => {
    for (let n = 0; n < 1_000; n += 1) session.say('y\n'.repeat(4_096));
  };
  const { screen, until } = look({ draws: false });
  await until(() => expect(screen.text.length).toBeGreaterThan(500_000));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(sessions[0]?.taken).toBeLessThan(80);
  terminals.drawn('a', screen.text.length);
  await until(() => expect(screen.text.length).toBeGreaterThan(900_000));
});

it('says that the way to it was lost, and ends a shell that nobody looks at', async () => {
  onExec = (session) => session.say('$ ');
  const lost = look();
  await lost.until(() => expect(lost.screen.text).toBe('$ '));
  sessions[0]?.end(new KubeError('KUBE_UNREACHABLE', 'The command broke off.'));
  await lost.ended;
  expect(lost.events.at(-1)).toMatchObject({ type: 'ended', code: null, lost: true });
  const left = look();
  await left.until(() => expect(left.screen.text).toBe('$ '));
  leave.abort();
  await left.ended;
  expect(sessions[1]?.isClosed).toBe(true);
});
