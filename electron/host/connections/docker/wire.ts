import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Duplex } from 'node:stream';
import { type Agents, createAgents } from './agent.ts';
import { bounded, saidIn } from './answer.ts';
import type { Dial } from './dial.ts';
import { cancelled, DockerError } from './errors.ts';
import { fromAnswer, fromConnection } from './failures.ts';
import { openModem } from './library.ts';
import type { DockerRequest, Query } from './types.ts';

/** Streams that last, of one engine: logs, events, statistics, terminals. */
const mostStreams = 64;
const mostSaid = 64 * 1024;

/** Every answer reaches us, whatever its status: what it means is decided in one place. */
const anyStatus: Record<number, true> = {};
for (let status = 100; status < 600; status += 1) anyStatus[status] = true;

type Modem = Awaited<ReturnType<typeof openModem>>;

export interface Sent extends DockerRequest {
  /** It may last: it takes no turn of those that end soon. */
  readonly lasts: boolean;
  readonly content?: Readable;
  /** The version that is spoken; undefined: before it is settled. */
  readonly version: string | undefined;
}

/** Requests over dockerode, with the ways of this engine alone. */
export class Wire {
  readonly where: string;
  readonly #closing = new AbortController();
  readonly #agents: Agents;
  readonly #modems = new Map<string, Promise<Modem>>();
  #streams = 0;

  constructor(where: string, dial: Dial) {
    this.where = where;
    this.#agents = createAgents(dial, this.#closing.signal);
  }

  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** The answer once its head is there. Throws where its status is no success. */
  async send(sent: Sent): Promise<IncomingMessage> {
    const answer = await this.#answered(sent);
    const status = answer.statusCode ?? 0;
    // 304: it stands already as it was wanted.
    if ((status >= 200 && status < 300) || status === 304) return answer;
    const reading = { where: this.where, maxBytes: mostSaid, signal: sent.signal, cut: true };
    const body = await bounded(answer, reading).catch(() => Buffer.alloc(0));
    throw fromAnswer(status, saidIn(body), this.where);
  }

  async #answered(sent: Sent): Promise<IncomingMessage> {
    const answer = await this.#dial(sent, { isStream: true }).catch((error: unknown) => {
      // A connection that was kept may have ended meanwhile; what only reads is asked anew.
      if (sent.method !== undefined && sent.method !== 'GET') throw error;
      if (sent.signal.aborted || !isReset(error)) throw error;
      return this.#dial(sent, { isStream: true });
    });
    return answer as IncomingMessage; // with isStream it is the answer itself
  }

  async hijack(sent: Sent): Promise<Duplex> {
    // An answer instead of a stream is a refusal, which the library then reads to its end.
    const statusCodes = { 101: true, 200: true };
    const stream = await this.#dial(sent, { hijack: true, openStdin: true, statusCodes });
    if (stream instanceof Duplex) return stream;
    throw new DockerError('DOCKER_ANSWER_ODD', `${this.where} opens no stream.`);
  }

  close(): void {
    this.#closing.abort(
      new DockerError('DOCKER_CANCELLED', 'The engine is not looked at any more.'),
    );
    this.#agents.close();
  }

  async #dial(sent: Sent, how: object): Promise<unknown> {
    const { signal, lasts, content, version, headers } = sent;
    if (signal.aborted) throw cancelled(signal);
    if (lasts && this.#streams >= mostStreams) {
      throw new DockerError('DOCKER_BUSY', `${mostStreams} streams of ${this.where} are open.`);
    }
    const modem = await this.#modem(lasts, version);
    const either = AbortSignal.any([signal, this.#closing.signal]);
    const query = queryOf(sent.query);
    const options = {
      // The library adds a query only behind a question mark.
      path: Object.keys(query).length > 0 ? `${sent.path}?` : sent.path,
      method: sent.method ?? 'GET',
      options: { _query: query, _body: sent.body ?? {} },
      statusCodes: anyStatus,
      abortSignal: either,
      ...(headers && { headers: { ...headers } }),
      ...(content && { file: content }),
      ...how,
    };
    return new Promise((resolve, reject) => {
      modem.dial(options, (error: Error | null, result: unknown) => {
        if (error !== null) {
          reject(either.aborted ? cancelled(either) : refused(error, this.where));
          return;
        }
        if (lasts) this.#count(result);
        resolve(result);
      });
    });
  }

  #count(result: unknown): void {
    if (!(result instanceof Object) || !('once' in result)) return;
    this.#streams += 1;
    (result as Readable).once('close', () => (this.#streams -= 1)); // an answer or a socket
  }

  #modem(lasts: boolean, version: string | undefined): Promise<Modem> {
    const key = `${lasts} ${version ?? ''}`;
    const known = this.#modems.get(key);
    if (known) return known;
    const agent = lasts ? this.#agents.streams : this.#agents.calls;
    const opened = openModem(agent, version && `v${version}`);
    this.#modems.set(key, opened);
    return opened;
  }
}

/** dockerode writes objects as JSON, and leaves out what is undefined. */
function queryOf(query: Query = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

/** Of a hijack the library itself reads what the engine says. */
function refused(error: Error, where: string): Error {
  if (!('statusCode' in error) || typeof error.statusCode !== 'number')
    return fromConnection(error, where);
  const said = 'json' in error ? JSON.stringify(error.json) : '';
  return fromAnswer(error.statusCode, saidIn(Buffer.from(said)), where);
}

function isReset(error: unknown): boolean {
  const { cause } = error instanceof DockerError ? error : { cause: null };
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNRESET';
}
