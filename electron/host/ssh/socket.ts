import net from 'node:net';
import { cancelled, fromSocketError, place } from './errors.ts';
import type { Hop } from './hop.ts';

/** A TCP connection to the machine. Throws SSH_HOST_UNKNOWN, _REFUSED, _UNREACHABLE, _CANCELLED. */
export function openSocket(hop: Hop, signal: AbortSignal): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelled(signal));
      return;
    }
    const socket = net.connect({ host: hop.host, port: hop.port, noDelay: true });
    const onAbort = () => {
      socket.destroy();
      reject(cancelled(signal));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => {
      signal.removeEventListener('abort', onAbort);
      resolve(socket);
    });
    // Stays for good: an error event that nobody hears would end the process.
    socket.on('error', (error) => {
      signal.removeEventListener('abort', onAbort);
      reject(fromSocketError(error, place(hop.host, hop.port)));
    });
  });
}
