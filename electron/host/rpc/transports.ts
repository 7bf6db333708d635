import { ORPCError } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import type { HostState } from '../host-state.ts';
import { router } from './router.ts';

type Encoded = string | ArrayBufferLike | Uint8Array;

/**
 * One client's line, whatever carries it. oRPC's own adapters let a message that they cannot decode
 * become an unhandled rejection, which would end the process; here it is reported and dropped.
 */
interface Line {
  send(message: Encoded): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

const handler = new StandardRPCHandler(router, {
  interceptors: [
    async ({ context, next }) => {
      try {
        return await next();
      } catch (error) {
        // An answer that breaks the contract is a fault of ours, and no service has seen it.
        if (error instanceof ORPCError && error.status >= 500 && !error.defined) {
          context.host.report(error);
        }
        throw error;
      }
    },
  ],
});

function serveLine(line: Line, host: HostState): void {
  const peer = new ServerPeer((message) => line.send(message as Encoded)); // its type adds Blob, which Node never makes
  const handle = createServerPeerHandleRequestFn(handler, { context: { host } });
  line.onMessage((message) => {
    if (!isEncoded(message)) {
      host.report(new TypeError('An RPC message was neither text nor bytes.'));
      return;
    }
    // What the message was is not written down: it may hold what a person typed.
    peer
      .message(message, handle)
      .catch(() => host.report(new Error('An RPC message could not be read.')));
  });
  line.onClose(() => peer.close());
}

function isEncoded(message: unknown): message is string | Uint8Array<ArrayBuffer> {
  return typeof message === 'string' || message instanceof Uint8Array;
}

/** The part of a `ws` WebSocket that is used. */
export interface ServedSocket {
  readonly readyState: number;
  send(data: string | Uint8Array | ArrayBufferLike): void;
  on(
    event: 'message',
    listener: (data: Buffer | ArrayBuffer | Buffer[], binary: boolean) => void,
  ): unknown;
  on(event: 'close', listener: () => void): unknown;
}

const socketOpen = 1;

export function serveWebSocket(socket: ServedSocket, host: HostState): void {
  serveLine(
    {
      send: (message) => {
        if (socket.readyState === socketOpen) socket.send(message);
      },
      onMessage: (listener) =>
        socket.on('message', (data, binary) => {
          const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer); // ws gives one of the three, by its binaryType
          listener(binary ? new Uint8Array(bytes) : bytes.toString('utf8'));
        }),
      onClose: (listener) => socket.on('close', listener),
    },
    host,
  );
}

/** The part of Electron's MessagePortMain and of Node's MessagePort that is used. */
export interface ServedPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
}

export function serveMessagePort(port: ServedPort, host: HostState): void {
  serveLine(
    {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (message) => listener(portPayload(message))),
      onClose: (listener) => port.on('close', listener),
    },
    host,
  );
  port.start();
}

/** Electron wraps the payload in an event; Node's port gives it bare. */
function portPayload(message: unknown): unknown {
  const data =
    typeof message === 'object' && message !== null && 'data' in message ? message.data : message;
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
