import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { FakePage } from './fake-electron.ts';
import type { PortPage } from './host-client.ts';
import { handOverPorts, type PortRequest } from './port-handover.ts';

const ours = new FakePage();
const mainFrame = { origin: 'app://rackhelm', parent: null };

/** Who was connected, and what was logged, after one request. */
function ask(request: PortRequest, ownPage: PortPage | null = ours) {
  const ipcMain = new EventEmitter();
  const connected: PortPage[] = [];
  const log: string[] = [];
  handOverPorts(ipcMain, {
    ownPage: () => ownPage,
    host: { connect: (page) => void connected.push(page) },
    log: (line) => log.push(line),
  });
  ipcMain.emit('rackhelm:port', request);
  return { connected, refusals: log.length };
}

it('connects the main frame of our own window', () => {
  expect(ask({ sender: ours, senderFrame: mainFrame })).toEqual({
    connected: [ours],
    refusals: 0,
  });
});

it.each<[string, PortRequest, PortPage | null]>([
  ['another window', { sender: new FakePage(), senderFrame: mainFrame }, ours],
  ['a frame within the page', { sender: ours, senderFrame: { ...mainFrame, parent: {} } }, ours],
  ['a frame that is gone', { sender: ours, senderFrame: null }, ours],
  ['a page while no window is open', { sender: ours, senderFrame: mainFrame }, null],
  ...[
    'https://example.com',
    'http://rackhelm',
    'app://rackhelm.example',
    'app://rackhelm/',
    'app://elsewhere',
    'file://',
    'null',
    '',
  ].map((origin): [string, PortRequest, PortPage] => [
    `the origin "${origin}"`,
    { sender: ours, senderFrame: { origin, parent: null } },
    ours,
  ]),
])('refuses %s', (_who, request, ownPage) => {
  expect(ask(request, ownPage)).toEqual({ connected: [], refusals: 1 });
});
