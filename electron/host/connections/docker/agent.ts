import http from 'node:http';
import type { Duplex } from 'node:stream';
import type { Dial } from './dial.ts';

type Connected = (error: Error | null, stream: Duplex) => void;

/**
 * Calls of which so many are under way at once, the others wait: over SSH each takes a channel, and an
 * engine that is asked for everything at once answers all of it late.
 */
const callsAtOnce = 6;
/** Kept for the next call, and for so long: as long as one is there, an SSH connection is too. */
const freeSockets = 2;
const keptMs = 20_000;

export interface Agents {
  /** For what ends soon. */
  readonly calls: http.Agent;
  /** For what lasts, which would keep calls from their turn: one stream each. */
  readonly streams: http.Agent;
  close(): void;
}

export function createAgents(dial: Dial, closed: AbortSignal): Agents {
  const calls = new DialledAgent(
    { keepAlive: true, maxSockets: callsAtOnce, maxFreeSockets: freeSockets, scheduling: 'lifo' },
    { dial, closed },
  );
  const streams = new DialledAgent({ keepAlive: false }, { dial, closed });
  return {
    calls,
    streams,
    close() {
      calls.destroy();
      streams.destroy();
    },
  };
}

interface Dialling {
  readonly dial: Dial;
  readonly closed: AbortSignal;
}

class DialledAgent extends http.Agent {
  readonly #dialling: Dialling;
  readonly #kept = new WeakMap<Duplex, NodeJS.Timeout>();

  constructor(settings: http.AgentOptions, dialling: Dialling) {
    super(settings);
    this.#dialling = dialling;
  }

  /** Node's own asks for what only a socket of this computer can do, and a channel over SSH is none. */
  override keepSocketAlive(stream: Duplex): boolean {
    if (stream.destroyed) return false;
    this.#kept.set(stream, setTimeout(() => stream.destroy(), keptMs).unref());
    return true;
  }

  override reuseSocket(stream: Duplex, request: http.ClientRequest): void {
    clearTimeout(this.#kept.get(stream));
    request.reusedSocket = true;
  }

  override createConnection(_options: http.ClientRequestArgs, done?: Connected): undefined {
    const { dial, closed } = this.#dialling;
    dial(closed)
      .then((stream) => done?.(null, stream))
      // The second is of no meaning then.
      .catch((error: Error) => (done as ((error: Error) => void) | undefined)?.(error));
  }
}
