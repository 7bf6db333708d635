import { contextBridge, ipcRenderer } from 'electron';
import { actionChannel, noticeChannel, portChannel, pressedChannel } from './shell/port-channel.ts';

/**
 * Runs before the page, in a world of its own. The page learns which shell it runs in, and gets one
 * MessagePort to the host when it says that it listens; nothing of Electron or Node reaches it.
 */
contextBridge.exposeInMainWorld('rackhelm', { shell: 'desktop' });

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.origin !== location.origin) return;
  const { data } = event;
  if (typeof data !== 'object' || data === null || !('type' in data)) return;
  if (data.type === 'rackhelm-ready') ipcRenderer.send(portChannel);
  if (data.type === 'rackhelm-notice' && 'notice' in data) {
    ipcRenderer.send(noticeChannel, data.notice);
  }
});

ipcRenderer.on(portChannel, (event) => {
  window.postMessage({ type: 'rackhelm-port' }, location.origin, event.ports);
});

ipcRenderer.on(actionChannel, (_event, id: unknown) => {
  window.postMessage({ type: 'rackhelm-action', id }, location.origin);
});

ipcRenderer.on(pressedChannel, (_event, id: unknown) => {
  window.postMessage({ type: 'rackhelm-pressed', id }, location.origin);
});
