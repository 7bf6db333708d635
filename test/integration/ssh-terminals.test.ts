import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  createTerminals,
  type Openers,
  openSshShell,
  type Terminals,
} from '../../electron/host/terminals/index.ts';
import type { SessionEvent } from '../../shared/terminals/terminal.ts';
import { describeWith, type Sshd, TestBed } from './sshd/index.ts';

const size = { columns: 90, rows: 25 };
const place = { kind: 'device', deviceId: '019a0000-0000-7000-8000-000000000001' } as const;
const none = () => Promise.reject(new Error('No such place in this test.'));

describeWith(['sshd'], 'terminals on a real sshd', () => {
  const bed = new TestBed();
  let sshd: Sshd;
  let terminals: Terminals;

  beforeAll(async () => {
    // No room for a second session: what else runs there keeps the one that there is.
    sshd = await bed.sshd({ config: ['MaxSessions 1'] });
    const client = bed.client();
    const device: Openers['device'] = async (_, { size, signal }) => {
      const { ask: accepts } = client.options();
      const asked = { pool: async () => client.pool, target: bed.target(sshd), size };
      return { ...(await openSshShell({ ...asked, ask: accepts, signal })), name: 'pi' };
    };
    terminals = createTerminals({ device, container: none, pod: none });
  });
  afterAll(async () => {
    terminals.close();
    await bed.close();
  });

  function look(id: string, { seen = false } = {}) {
    const leave = new AbortController();
    const shown = { text: '', events: [] as SessionEvent[] };
    const run = async () => {
      for await (const event of terminals.open({ id, place, size, seen }, leave.signal)) {
        shown.events.push(event);
        if (event.type !== 'data') continue;
        shown.text += event.text;
        terminals.drawn(id, event.text.length);
      }
    };
    const over = run();
    const until = (text: string | RegExp) =>
      vi.waitFor(() => expect(shown.text).toMatch(text), { timeout: 8_000, interval: 10 });
    return { shown, over, until, leave: () => leave.abort() };
  }

  it('goes on while nobody looks, and shows what it showed to who comes back', async () => {
    const first = look('a');
    await vi.waitFor(() => expect(terminals.list()).toMatchObject([{ state: 'open', name: 'pi' }]));
    await terminals.write('a', 'stty size; x=kept; tty\r');
    await first.until(/25 90[\s\S]*\/dev\/pts/);
    first.leave();
    await first.over;
    await terminals.write('a', 'echo still-$x\r');
    const second = look('a');
    await second.until(/25 90[\s\S]*still-kept/);
    const third = look('a');
    await third.until('still-kept');
    await second.over;
    expect(second.shown.events.at(-1)).toEqual({ type: 'taken' });
    await terminals.write('a', 'exit 7\r');
    await third.over;
    expect(third.shown.events.at(-1)).toMatchObject({ type: 'ended', code: 7, lost: false });
    terminals.end('a');
    expect(terminals.list()).toEqual([]);
  });

  it('has room for a second one where the machine lets a connection have one session', async () => {
    const [first, second] = [look('b'), look('c')];
    await vi.waitFor(
      () => expect(terminals.list().map(({ state }) => state)).toEqual(['open', 'open']),
      { timeout: 12_000 },
    );
    await terminals.write('c', 'kill -9 $PPID\r');
    await second.over;
    expect(second.shown.events.at(-1)).toMatchObject({ type: 'ended', lost: true });
    const again = look('c', { seen: true });
    await vi.waitFor(() => expect(again.shown.text).not.toBe(''), { timeout: 8_000 });
    expect(again.shown.text).not.toContain('kill -9');
    for (const id of ['b', 'c']) terminals.end(id);
    await Promise.all([first.over, again.over]);
  });
});
