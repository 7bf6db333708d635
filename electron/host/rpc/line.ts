import { ORPCError } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer, type ServerPeerHandleRequestFn } from '@orpc/standard-server-peer';
import type { HostState } from '../host-state.ts';
import { router } from './router.ts';

export type Encoded = string | ArrayBufferLike | Uint8Array;

/**
 * One client's line, whatever carries it. oRPC's own adapters let a message that they cannot decode
 * become an unhandled rejection, which would end the process; here it is reported and dropped.
 */
export interface Line {
  /** Settles once the carrier has taken the message, so that a slow reader slows what is sent. */
  send(message: Encoded): void | Promise<void>;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  /** Ends the line of a client that is none of ours, or that does not read. */
  close(): void;
}

/** Answers under way at once on one line; each may be some megabytes until it was read. */
const answersAtOnce = 16;
/** Requests under way on one line, streams and those that wait their turn included. */
const mostRequests = 1_000;
/** Characters or bytes of requests that wait their turn. */
const mostWaiting = 64 * 1024 * 1024;
/** Our own face sends none. */
const mostUnreadable = 20;

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

/**
 * Answers one client until its line closes. A client that sends what cannot be read, that asks
 * without end, or that leaves its answers unread, is bounded in memory and then cut off.
 */
export function serveLine(line: Line, host: HostState): void {
  const peer = new ServerPeer((message) => line.send(message as Encoded)); // its type adds Blob, which Node never makes
  const handle = createServerPeerHandleRequestFn(handler, { context: { host } });
  const turns = new Turns(answersAtOnce);
  let open = true;
  let requests = 0;
  let waiting = 0;
  let unreadable = 0;

  const cutOff = (why: string) => {
    if (!open) return;
    open = false;
    host.report(new Error(`A client was cut off: ${why}.`));
    line.close();
  };
  const cannotRead = (error: Error) => {
    host.report(error);
    unreadable += 1;
    if (unreadable > mostUnreadable) cutOff('it sends what cannot be read');
  };

  const serve = async (message: string | Uint8Array<ArrayBuffer>) => {
    let giveBack = () => {};
    let weight = message.length;
    waiting += weight;
    const began = () => {
      waiting -= weight;
      weight = 0;
    };
    const inTurn: ServerPeerHandleRequestFn = async (request) => {
      giveBack = await turns.take();
      began();
      const response = await handle(request);
      // A stream may last as long as the window, and is slowed by its reader alone.
      if (isStream(response.body)) giveBack();
      return response;
    };
    try {
      await peer.message(message, inTurn);
    } catch {
      // What the message was is not written down: it may hold what a person typed.
      if (open) cannotRead(new Error('An RPC message could not be read.'));
    } finally {
      began();
      giveBack();
      requests -= 1;
    }
  };

  line.onMessage((message) => {
    if (!open) return;
    if (!isEncoded(message)) {
      cannotRead(new TypeError('An RPC message was neither text nor bytes.'));
      return;
    }
    if (requests >= mostRequests || waiting > mostWaiting) {
      cutOff('it asks more than can be answered');
      return;
    }
    requests += 1;
    void serve(message);
  });
  line.onClose(() => {
    open = false;
    peer.close();
  });
}

/** At most so many at once; the others wait in order. */
class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** The returned function gives the turn back and may be called more than once. */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
  }
}

function isStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function isEncoded(message: unknown): message is string | Uint8Array<ArrayBuffer> {
  return typeof message === 'string' || message instanceof Uint8Array;
}
