import http from 'node:http';
import type { Duplex } from 'node:stream';
import type { Dial } from './dial.ts';

type Connected = (error: Error | null, stream: Duplex) => void;

/**
 * Calls of which so many are under way at once, the others wait: over SSH each takes a channel, and an
 * engine that is asked for everything at once answers all of it late.
 */
const callsAtOnce = 6;
/** Kept for the next call. */
const freeSockets = 2;

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

  constructor(settings: http.AgentOptions, dialling: Dialling) {
    super(settings);
    this.#dialling = dialling;
  }

  override createConnection(_options: http.ClientRequestArgs, done?: Connected): undefined {
    const { dial, closed } = this.#dialling;
    dial(closed)
      .then((stream) => done?.(null, stream))
      // The second is of no meaning then.
      .catch((error: Error) => (done as ((error: Error) => void) | undefined)?.(error));
  }
}
