import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { commonHeaders } from './headers.ts';

/** How long a client may take to read that it was refused. */
const lingerMs = 2_000;

/**
 * Answers 403 and ends the connection with it: what remains of the request is not read, and nothing
 * further is asked on it.
 */
export function refuse(response: ServerResponse): void {
  response.writeHead(403, {
    ...commonHeaders,
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
  });
  if (response.socket !== null) destroyLater(response.socket);
  response.end('Forbidden\n');
}

/** The same for an upgrade, whose socket is ours alone: a client that never ends its half must not hold it. */
export function refuseUpgrade(socket: Duplex): void {
  destroyLater(socket);
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
    socket.destroy(),
  );
}

function destroyLater(socket: Duplex): void {
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
}
