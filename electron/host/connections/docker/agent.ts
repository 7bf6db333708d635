import http from 'node:http';
import type { Duplex } from 'node:stream';
import type { Dial } from './dial.ts';

type Connected = (error: Error | null, stream: Duplex) => void;

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
    { keepAlive: true, maxFreeSockets: freeSockets, scheduling: 'lifo' },
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

  override keepSocketAlive(stream: Duplex): boolean {
    // It says whether it may be kept, though its type does not.
    const kept = super.keepSocketAlive(stream) as unknown as boolean;
    if (kept) this.#kept.set(stream, setTimeout(() => stream.destroy(), keptMs).unref());
    return kept;
  }

  override reuseSocket(stream: Duplex, request: http.ClientRequest): void {
    clearTimeout(this.#kept.get(stream));
    super.reuseSocket(stream, request);
  }

  override createConnection(_options: http.ClientRequestArgs, done?: Connected): undefined {
    const { dial, closed } = this.#dialling;
    dial(closed)
      .then((stream) => done?.(null, likeSocket(stream)))
      // The second is of no meaning then.
      .catch((error: Error) => (done as ((error: Error) => void) | undefined)?.(error));
  }
}

/** Node asks each connection for what only a socket of this computer can do; a channel over SSH is none. */
function likeSocket(stream: Duplex): Duplex {
  const nothing = () => stream;
  for (const name of ['setKeepAlive', 'setNoDelay', 'setTimeout', 'ref', 'unref'])
    if (!(name in stream)) Object.assign(stream, { [name]: nothing });
  return stream;
}
