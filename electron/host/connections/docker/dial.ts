import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

/** Opens one stream to an engine: a socket of this computer, TLS, or a channel over SSH. */
export type Dial = (signal: AbortSignal) => Promise<Duplex>;

/** PEM. */
export interface TlsIdentity {
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
}

const aliveMs = 15_000;
const openMs = 10_000;

export function dialSocket(path: string): Dial {
  return (signal) => opened(net.connect({ path }), 'connect', signal);
}

/** `identity` null: plain, which is for an engine of this computer alone. */
export function dialTcp(
  { host, port }: { readonly host: string; readonly port: number },
  identity: TlsIdentity | null,
): Dial {
  if (identity === null) {
    return (signal) =>
      opened(
        net.connect({ host, port, keepAlive: true, keepAliveInitialDelay: aliveMs }),
        'connect',
        signal,
      );
  }
  return (signal) => {
    const { ca, cert, key } = identity;
    const socket = tls.connect({
      ...{ host, port, minVersion: 'TLSv1.2' },
      ...(ca !== null && { ca }),
      ...(cert !== null && { cert }),
      ...(key !== null && { key }),
      ...(net.isIP(host) === 0 && { servername: host }),
    });
    socket.setKeepAlive(true, aliveMs);
    return opened(socket, 'secureConnect', signal);
  };
}

function opened<S extends net.Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const late = () => socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
    const timer = setTimeout(late, openMs);
    const onAbort = () => socket.destroy(new Error('aborted'));
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once(event, () => {
      done();
      socket.off('error', failed);
      resolve(socket);
    });
    const failed = (error: Error) => {
      done();
      reject(error);
    };
    socket.once('error', failed);
  });
}
