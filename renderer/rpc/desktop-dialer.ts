import { RPCLink } from '@orpc/client/message-port';
import type { Channel, Dialer } from './connection.ts';

/** Waits for the port that Electron's preload hands over, after saying that this window listens. */
function receivePort(view: Window): Promise<MessagePort> {
  return new Promise((resolve) => {
    function take(event: MessageEvent): void {
      const port = event.ports[0];
      const ours = event.source === view && event.origin === view.location.origin;
      if (!ours || event.data?.type !== 'rackhelm-port' || port === undefined) return;
      view.removeEventListener('message', take);
      resolve(port);
    }
    view.addEventListener('message', take);
    view.postMessage({ type: 'rackhelm-ready' }, view.location.origin);
  });
}

/** Reaches the host through a MessagePort to the utility process. */
export function createDesktopDialer(view: Window): Dialer {
  return {
    async dial(): Promise<Channel> {
      const port = await receivePort(view);
      const closed = new Promise<void>((done) => {
        port.addEventListener('close', () => done(), { once: true });
      });
      port.start();
      return { link: new RPCLink({ port }), closed };
    },
  };
}
