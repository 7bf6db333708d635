import { RPCLink } from '@orpc/client/websocket';
import type { Channel, Dialer } from './connection.ts';
import { redeemToken } from './session.ts';

function open(view: Window): Promise<Channel | null> {
  const scheme = view.location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${view.location.host}/rpc`);
  return new Promise((resolve) => {
    const closed = new Promise<void>((done) => {
      socket.addEventListener('close', () => done(), { once: true });
    });
    socket.addEventListener(
      'open',
      () => resolve({ link: new RPCLink({ websocket: socket }), closed }),
      { once: true },
    );
    // A browser never tells why a WebSocket was refused; the caller finds out.
    void closed.then(() => resolve(null));
  });
}

/** Reaches the host over a WebSocket to the origin that served this page. */
export function createBrowserDialer(view: Window): Dialer {
  return {
    async dial() {
      await redeemToken(view);
      const channel = await open(view);
      if (channel !== null) return channel;
      // The page itself is served to anybody. Where it answers and the socket does not, the key is
      // missing; where it does not answer either (this rejects), the host is away.
      await view.fetch('/', { method: 'HEAD', cache: 'no-store' });
      return 'refused';
    },
  };
}
