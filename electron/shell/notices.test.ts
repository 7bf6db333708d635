import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import { FakeNotification, FakeWindow } from './fake-electron.ts';
import { showNotices } from './notices.ts';
import type { PortRequest } from './port-handover.ts';

const notice = {
  jobId: '01900000-0000-7000-8000-000000000001',
  title: 'Done: Onboard pi-1',
  body: 'It took 2 min.',
};

function setUp() {
  const ipcMain = new EventEmitter();
  const window = new FakeWindow({});
  const shown: FakeNotification[] = [];
  const log: string[] = [];
  showNotices(ipcMain, {
    window: () => window,
    focus: (focused) => focused.focus(),
    Notification: class extends FakeNotification {
      constructor(options: NotificationConstructorOptions) {
        super(options);
        shown.push(this);
      }
    },
    log: (line) => log.push(line),
  });
  const ours: PortRequest = {
    sender: window.webContents,
    senderFrame: { origin: 'app://rackhelm', parent: null },
  };
  const ask = (said: unknown, request = ours) => ipcMain.emit('rackhelm:notice', request, said);
  return { window, shown, log, ours, ask };
}

it('shows what our page asks for, and leads to the job when it is pressed', () => {
  const { window, shown, ask } = setUp();
  ask(notice);
  expect(shown.map(({ options, shown: isShown }) => [options, isShown])).toEqual([
    [{ title: notice.title, body: notice.body }, true],
  ]);
  shown[0]?.emit('click');
  expect(window.calls).toEqual(['focus']);
  expect(window.webContents.received).toMatchObject([
    { channel: 'rackhelm:pressed', message: notice.jobId },
  ]);
});

it('shows nothing of another page and nothing that is no notice', () => {
  const { shown, log, ours, ask } = setUp();
  ask(notice, { ...ours, senderFrame: { origin: 'https://example.com', parent: null } });
  ask({ ...notice, jobId: '../../etc' });
  ask({ ...notice, title: 'x'.repeat(10_000) });
  ask(undefined);
  expect(shown).toEqual([]);
  expect(log).toHaveLength(4);
});

it('covers the screen with no more than five', () => {
  const { shown, ask } = setUp();
  for (let n = 0; n < 9; n += 1) ask(notice);
  expect(shown).toHaveLength(5);
  shown[0]?.emit('close');
  ask(notice);
  expect(shown).toHaveLength(6);
});

it('does not fail where the window has gone meanwhile', () => {
  const { window, shown, ask } = setUp();
  ask(notice);
  window.webContents.destroyed = true;
  shown[0]?.emit('click');
  expect(window.webContents.received).toEqual([]);
});
