import type { HostState } from '../host-state.ts';
import { serveLine } from './line.ts';

/** The part of a `ws` WebSocket that is used. */
export interface ServedSocket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  /** `taken` is called once the system has the message, or with the error that kept it from that. */
  send(data: string | Uint8Array | ArrayBufferLike, taken: (error?: Error) => void): void;
  on(
    event: 'message',
    listener: (data: Buffer | ArrayBuffer | Buffer[], binary: boolean) => void,
  ): unknown;
  on(event: 'close', listener: () => void): unknown;
  pause(): void;
  resume(): void;
  terminate(): void;
}

const socketOpen = 1;
/** Bytes that were sent and not read, above which no further request is read. */
const muchUnread = 4 * 1024 * 1024;
/** A client that takes nothing of a message for so long has gone, whatever its socket says. */
const stalledMs = 120_000;

export function serveWebSocket(socket: ServedSocket, host: HostState): void {
  serveLine(
    {
      send: (message) => sendTo(socket, message),
      onMessage: (listener) =>
        socket.on('message', (data, binary) => {
          const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer); // ws gives one of the three, by its binaryType
          listener(binary ? new Uint8Array(bytes) : bytes.toString('utf8'));
        }),
      onClose: (listener) => socket.on('close', listener),
      close: () => socket.terminate(),
    },
    host,
  );
}

/** Never rejects: a client that left is told by `close`. */
function sendTo(socket: ServedSocket, message: string | Uint8Array | ArrayBufferLike) {
  if (socket.readyState !== socketOpen) return;
  return new Promise<void>((resolve) => {
    const stalled = setTimeout(() => socket.terminate(), stalledMs);
    stalled.unref();
    socket.send(message, () => {
      clearTimeout(stalled);
      if (socket.bufferedAmount <= muchUnread) socket.resume();
      resolve();
    });
    if (socket.bufferedAmount > muchUnread) socket.pause();
  });
}

/** The part of Electron's MessagePortMain and of Node's MessagePort that is used. */
export interface ServedPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

export function serveMessagePort(port: ServedPort, host: HostState): void {
  serveLine(
    {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (message) => listener(portPayload(message))),
      onClose: (listener) => port.on('close', listener),
      close: () => port.close(),
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
